import type { Page } from 'playwright-core'

/** A page whose visibility the test decides, by `setHidden`. */
export const hideable = (page: Page) =>
  page.addInitScript(`
    let hidden = false
    Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') })
    globalThis.setHidden = (value) => {
      hidden = value
      document.dispatchEvent(new Event('visibilitychange'))
    }`)

/** Half a minute is shortened; what it does is not. `intervals` are those that run. */
export const restSoon = (page: Page) =>
  page.addInitScript(`{
    const { setTimeout, setInterval, clearInterval } = globalThis
    globalThis.setTimeout = (act, wait, ...rest) => setTimeout(act, wait === 30000 ? 300 : wait, ...rest)
    globalThis.intervals = new Set()
    globalThis.setInterval = (...all) => {
      const id = setInterval(...all)
      globalThis.intervals.add(id)
      return id
    }
    globalThis.clearInterval = (id) => {
      globalThis.intervals.delete(id)
      clearInterval(id)
    }
  }`)
