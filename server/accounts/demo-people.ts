import type { DemoPerson } from './person-queries.ts'

/** What a demonstration account is to hold, for whoever makes its appointment. */
export interface DemoAppointment {
  personId: string
  role: 'secretariat' | 'official' | 'observer'
  title: Readonly<Record<'en' | 'zh', string>>
  /** Codes, here and below; an empty list is all of them. */
  agencies: readonly string[]
  areas: readonly string[]
  categories: readonly string[]
  languages: readonly string[]
}

interface Demo extends Omit<DemoAppointment, 'personId'> {
  code: string
  name: string
  /** What it is there to show. */
  about: Readonly<Record<'en' | 'zh', string>>
}

const everywhere = { agencies: [], areas: [], categories: [] }
const observer = {
  role: 'observer',
  title: { en: 'Government affairs observer', zh: '政务观察员' },
} as const

const demos: readonly Demo[] = [
  {
    code: 'secretariat',
    name: 'Lin Wanqing',
    about: { en: 'The secretariat', zh: '秘书处' },
    role: 'secretariat',
    title: { en: 'Head of the secretariat', zh: '秘书处主任' },
    ...everywhere,
    languages: ['zh', 'en'],
  },
  {
    code: 'streets',
    name: 'Shao Yuheng',
    about: { en: 'Official of Streets and Lighting', zh: '道路照明处公职人员' },
    role: 'official',
    title: { en: 'Duty officer', zh: '值班负责人' },
    ...everywhere,
    agencies: ['streets'],
    languages: ['zh', 'en'],
  },
  {
    code: 'housing',
    name: 'Meng Ruoshui',
    about: { en: 'Official of Housing Standards', zh: '住房标准处公职人员' },
    role: 'official',
    title: { en: 'Section head', zh: '科室负责人' },
    ...everywhere,
    agencies: ['housing'],
    languages: ['zh', 'en'],
  },
  {
    code: 'city',
    name: 'Hannah Okoye-Lindgren',
    about: { en: 'Observer of the whole city; English and French', zh: '全市观察员；英语、法语' },
    ...observer,
    ...everywhere,
    languages: ['en', 'fr'],
  },
  {
    code: 'shore',
    name: 'Sakamoto Haruka',
    about: { en: 'Observer of the shore; Japanese and English', zh: '沿海片区观察员；日语、英语' },
    ...observer,
    ...everywhere,
    areas: ['old-quay', 'saltmarsh', 'ferry-reach'],
    languages: ['ja', 'en'],
  },
  {
    code: 'order',
    name: 'Yusuf Al-Mansouri',
    about: {
      en: 'Observer of streets and street order; Arabic and English',
      zh: '道路与街面秩序观察员；阿拉伯语、英语',
    },
    ...observer,
    ...everywhere,
    agencies: ['streets', 'street-order'],
    languages: ['ar', 'en'],
  },
]

const idOf = (code: string): string => `demo-${code}`

/** Invented people with invented names; their addresses can receive nothing. */
export const demoPeople: readonly DemoPerson[] = demos.map(({ code, name, languages }) => ({
  id: idOf(code),
  demo: code,
  name,
  email: `${code}@demo.invalid`,
  language: languages[0]!,
}))

/** As the page lists them. */
export const demoChoices = demos.map(({ code: who, name, about }) => ({ who, name, about }))

/** What each of them is to hold while the demonstration runs. */
export const demoAppointments: readonly DemoAppointment[] = demos.map(
  ({ code, role, title, agencies, areas, categories, languages }) => ({
    personId: idOf(code),
    ...{ role, title, agencies, areas, categories, languages },
  }),
)
