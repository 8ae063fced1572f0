// Expressions that are evaluated in a page.

/** Where each box lies, in fractions of its picture. */
export const boxes = `[...document.querySelectorAll('.box')].map((box) => {
  const of = (element) => element.getBoundingClientRect();
  const [inner, outer] = [of(box), of(box.parentElement.querySelector('img'))];
  return {
    left: (inner.left - outer.left) / outer.width, right: (inner.right - outer.left) / outer.width,
    top: (inner.top - outer.top) / outer.height, bottom: (inner.bottom - outer.top) / outer.height,
  };
})`;

/** How much of its track each bar takes, by what it is of. */
export const bars = `[...document.querySelectorAll('.bar')].map((bar) => {
  const width = (element) => element.getBoundingClientRect().width;
  return { name: bar.getAttribute('aria-label'), share: width(bar.firstElementChild) / width(bar) };
})`;

/** What all can be seen and done of hostile texts: elements that run something, and handlers of events. */
export const actives = `[...document.querySelectorAll('*')].filter((element) =>
  /^(script|iframe|object|embed|link|form|base|a)$/i.test(element.tagName) ||
  [...element.attributes].some(({ name }) => /^on|^href$|^srcset$/i.test(name)) ||
  (element.getAttribute('src') ?? 'data:').startsWith('data:') === false).map((element) => element.outerHTML)`;

/** The least contrast of a text with what is behind it, and which text that is. */
export const leastContrast = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''));
  return texts.map((element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return { ratio, text: element.textContent.trim().slice(0, 40) };
  }).sort((one, other) => one.ratio - other.ratio)[0];
})()`;
