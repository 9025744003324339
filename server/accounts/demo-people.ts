import type { DemoPerson } from './queries.ts'

/** What a demonstration account is there to show, for whoever makes its appointment. */
export interface DemoAppointment {
  personId: string
  role: 'secretariat' | 'official' | 'observer'
  title: Readonly<Record<'en' | 'zh', string>>
  /** Codes; an empty list is all of them. */
  agencies: readonly string[]
  areas: readonly string[]
  categories: readonly string[]
  languages: readonly string[]
}

type Demo = DemoPerson & { appointment: Omit<DemoAppointment, 'personId'> }

const everywhere = { agencies: [], areas: [], categories: [] }

function demo(
  code: string,
  [name, language]: [name: string, language: string],
  appointment: Demo['appointment'],
): Demo {
  return {
    id: `demo-${code}`,
    demo: code,
    name,
    email: `${code}@demo.invalid`,
    language,
    appointment,
  }
}

const demos: readonly Demo[] = [
  demo('secretariat', ['Lin Wanqing', 'zh'], {
    role: 'secretariat',
    title: { en: 'Head of the secretariat', zh: '秘书处主任' },
    ...everywhere,
    languages: ['zh', 'en'],
  }),
  demo('official-streets', ['Shao Yuheng', 'zh'], {
    role: 'official',
    title: { en: 'Duty officer, Streets and Lighting', zh: '道路照明处值班负责人' },
    ...everywhere,
    agencies: ['streets'],
    languages: ['zh', 'en'],
  }),
  demo('official-housing', ['Meng Ruoshui', 'zh'], {
    role: 'official',
    title: { en: 'Section head, Housing Standards', zh: '住房标准处负责人' },
    ...everywhere,
    agencies: ['housing'],
    languages: ['zh', 'en'],
  }),
  demo('observer-city', ['Hannah Okoye-Lindgren', 'en'], {
    role: 'observer',
    title: { en: 'Government affairs observer', zh: '政务观察员' },
    ...everywhere,
    languages: ['en', 'fr'],
  }),
  demo('observer-shore', ['Sakamoto Haruka', 'ja'], {
    role: 'observer',
    title: { en: 'Government affairs observer', zh: '政务观察员' },
    ...everywhere,
    areas: ['old-quay', 'saltmarsh', 'ferry-reach'],
    languages: ['ja', 'en'],
  }),
  demo('observer-streets', ['Yusuf Al-Mansouri', 'ar'], {
    role: 'observer',
    title: { en: 'Government affairs observer', zh: '政务观察员' },
    ...everywhere,
    agencies: ['streets', 'street-order'],
    languages: ['ar', 'en'],
  }),
]

/** Invented people with invented names; their addresses can receive nothing. */
export const demoPeople: readonly DemoPerson[] = demos.map(({ appointment: _, ...one }) => one)

/** What each of them is to hold while the demonstration runs. */
export const demoAppointments: readonly DemoAppointment[] = demos.map(({ id, appointment }) => ({
  personId: id,
  ...appointment,
}))
