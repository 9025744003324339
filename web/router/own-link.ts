/** Where a click leads inside the site; undefined when the browser is to follow it as it is. */
export function ownLink(event: MouseEvent, isOurs: (path: string) => boolean): string | undefined {
  const isPlain =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!isPlain || event.defaultPrevented || !link?.hasAttribute('href')) return undefined
  if (link.hasAttribute('download') || (link.target !== '' && link.target !== '_self'))
    return undefined
  const { origin, pathname, search, hash, href } = new URL(link.href)
  const isPlaceOnPage = hash !== '' && pathname === location.pathname && search === location.search
  return origin === location.origin && isOurs(pathname) && !isPlaceOnPage ? href : undefined
}
