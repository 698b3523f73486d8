"""The officials' console and the public notices, as routes of a web application that ``service`` puts together."""
