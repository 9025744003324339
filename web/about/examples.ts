import type { Dimension } from '#shared/ticket.ts'

export type ExampleId = 'view' | 'csv' | 'published' | 'publications' | 'definitions'

/** Questions to the API that this city answers everybody. */
export function examples(opened: readonly Dimension[]): { id: ExampleId; href: string }[] {
  const [by] = opened
  const broken = by ? `&by=${by}` : ''
  return [
    { id: 'view', href: `/api/v1/view?measures=received,onTimeRate${broken}&window=7d` },
    { id: 'csv', href: '/api/v1/view.csv?measures=received,closed&by=day&window=30d' },
    { id: 'published', href: '/api/v1/view?measures=satisfactionRate&window=7d' },
    { id: 'publications', href: '/api/v1/publications' },
    { id: 'definitions', href: '/api/v1/definitions' },
  ]
}
