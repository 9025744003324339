/** The colour a custom property has on an element now, in a form a canvas understands. */
export function cssColor(element: HTMLElement, property: string): string {
  const before = element.style.color
  element.style.color = `var(${property})`
  const color = getComputedStyle(element).color
  element.style.color = before
  return color
}
