// Choosing a tier writes its usual amount into the field beside it; without this script the server does the same.
for (const select of document.querySelectorAll("select[data-fills]")) {
  select.addEventListener("change", () => {
    const amount = select.selectedOptions[0].dataset.amount;
    document.getElementById(select.dataset.fills).value = amount || "";
  });
}
