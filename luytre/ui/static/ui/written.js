// What somebody has written in a form, as plain values, and the way back.

export const isKept = (input) => input.name && !input.closest("[data-no-draft]") && !["hidden", "password", "file", "submit", "button"].includes(input.type);

export function written(form) {
  return [...form.elements].filter(isKept).map((input) => {
    if (input.type === "checkbox" || input.type === "radio") return [input.name, input.value, input.checked];
    return [input.name, input.multiple ? [...input.selectedOptions].map((one) => one.value) : input.value];
  });
}

export function putBack(form, values) {
  for (const [name, value, checked] of values) {
    for (const input of [...form.elements].filter((one) => isKept(one) && one.name === name)) {
      if (input.type === "checkbox" || input.type === "radio") { if (input.value === value) input.checked = checked; }
      else if (Array.isArray(value)) for (const option of input.options) option.selected = value.includes(option.value);
      else input.value = value;
    }
  }
}
