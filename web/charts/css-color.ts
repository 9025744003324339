/** Colours by scheme and by what the property holds there: to work one out costs the browser a pass over all styles. */
const known = new Map<string, string>()

/** The colour a custom property has on an element now, in a form a canvas understands. */
export function cssColor(element: HTMLElement, property: string): string {
  const style = getComputedStyle(element)
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  const held = [isDark, style.colorScheme, style.getPropertyValue(property)].join(' ')
  const color = known.get(held) ?? readColor(element, property)
  known.set(held, color)
  return color
}

function readColor(element: HTMLElement, property: string): string {
  const before = element.style.color
  element.style.color = `var(${property})`
  const { color } = getComputedStyle(element)
  element.style.color = before
  return color
}
