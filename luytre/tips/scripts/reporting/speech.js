// Reading a step aloud with the voice of the device itself; without such a voice there is no button.
import { $$, setting } from "./page.js";

const voice = () =>
  globalThis.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(setting.language));

export function offerSpeech() {
  const buttons = $$("[data-speak]");
  const shown = () => {
    for (const one of buttons) one.hidden = !voice();
  };
  shown();
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", shown);
  for (const one of buttons) {
    one.addEventListener("click", () => {
      const section = one.closest("section");
      const words = $$("h1, p, legend, label", section)
        .filter((element) => element.offsetParent && !element.closest("[data-silent]"))
        .map((element) => element.textContent.trim())
        .join(". ");
      speechSynthesis.cancel();
      const said = new SpeechSynthesisUtterance(words);
      said.voice = voice();
      said.lang = setting.language;
      speechSynthesis.speak(said);
    });
  }
}

export const hush = () => globalThis.speechSynthesis?.cancel();
