// Dragging a name onto a shift chooses it in the shift's own form and sends that: the form works without this too.

let dragged = "";

document.addEventListener("dragstart", (event) => {
  const chip = event.target.closest?.("[data-member]");
  if (!chip) return;
  dragged = chip.dataset.member;
  event.dataTransfer.setData("text/plain", dragged);
  event.dataTransfer.effectAllowed = "move";
  document.body.classList.add("is-dragging");
});

document.addEventListener("dragend", () => {
  dragged = "";
  document.body.classList.remove("is-dragging");
  for (const shift of document.querySelectorAll(".is-over")) shift.classList.remove("is-over");
});

const option = (shift) => shift.querySelector(`.assign option[value="${CSS.escape(dragged)}"]`);

document.addEventListener("dragover", (event) => {
  const shift = event.target.closest?.("[data-drop]");
  if (!shift || !dragged || !option(shift)) return;
  event.preventDefault();
  shift.classList.add("is-over");
});

document.addEventListener("dragleave", (event) => {
  const shift = event.target.closest?.("[data-drop]");
  if (shift && !shift.contains(event.relatedTarget)) shift.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const shift = event.target.closest?.("[data-drop]");
  if (!shift || !dragged || !option(shift)) return;
  event.preventDefault();
  const form = shift.querySelector("form.assign");
  form.elements.member.value = dragged;
  form.requestSubmit();
});

document.documentElement.classList.add("with-script");
