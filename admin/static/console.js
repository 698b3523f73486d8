// Choosing a tier writes its usual amount into the field beside it; without this script the server does the same.
for (const select of document.querySelectorAll("select[data-fills]")) {
  select.addEventListener("change", () => {
    const amount = select.selectedOptions[0].dataset.amount;
    document.getElementById(select.dataset.fills).value = amount || "";
  });
}

// A second press while the first one is under way would only be told that it was done before.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
