import type { Appointment } from '../../web/accounts/mine.svelte.ts'

/** As whoever holds it is told; everywhere, unless it is said where. */
export const appointment = (
  role: Appointment['role'],
  jurisdiction: Partial<Appointment['jurisdiction']> = {},
  id = 1,
): Appointment => ({
  ...{ id, role, version: 1, person: 'p', name: 'n', title: null, languages: [] },
  ...{ isPseudonym: false, isNameChosen: true, appointingBody: null, instrument: null },
  ...{ from: '2026-01-01', until: null, standing: 'current' },
  jurisdiction: { agencies: null, areas: null, categories: null, ...jurisdiction },
})
