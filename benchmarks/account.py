"""The WeChat account that the benchmark plays; apart, so that the bare handler imports nothing else of ours."""

PATH = "/channels/wechat"
TOKEN = "benchmark"  # noqa: S105 - of an account that exists only while the benchmark runs
APP_ID = "wx1234567890abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_benchmark"
