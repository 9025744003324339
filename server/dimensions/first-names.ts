import type { Axis } from '#shared/view.ts'

type Names = Readonly<Record<string, string>>

/** What this server registers by itself: comments and answers by its own forms come through this channel. */
const own: Readonly<Partial<Record<Axis, Readonly<Record<string, Names>>>>> = {
  channel: { form: { en: 'Form of this site', zh: '本站表单' } },
}

/** What a member is called when it is first seen; none: by its code, until the city names it. */
export const firstNames = (dimension: Axis, spelling: string): Names => {
  const names = own[dimension]
  return names && Object.hasOwn(names, spelling) ? names[spelling]! : {}
}
