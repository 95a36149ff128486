// What moves the page must wait while a button is being pressed: leaving a field is the first half of that press, and
// its second half would fall beside the button.
const waiting = [];
let pressed = false;

document.addEventListener("mousedown", () => { pressed = true; }, { capture: true });
document.addEventListener("mouseup", () => {
  pressed = false;
  setTimeout(() => waiting.splice(0).forEach((run) => run())); // the click comes before
}, { capture: true });

export function afterPress(run) {
  if (pressed) waiting.push(run);
  else run();
}
