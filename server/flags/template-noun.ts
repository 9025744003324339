import { nowhere } from '#shared/oversight/act.ts'
import { nextTemplate, type Template, type TemplateDeed } from '#shared/oversight/template.ts'
import type { Noun } from '../acts/noun.ts'

/** A template lies with its agency. */
export const templateNoun: Noun<Template, TemplateDeed> = {
  name: 'template',
  next: nextTemplate,
  placeOf: (before, deed) => ({
    ...nowhere,
    agency: deed.kind === 'template.made' ? deed.body.agency : before!.agency,
  }),
}
