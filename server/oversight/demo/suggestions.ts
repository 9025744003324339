import type { Link, Verdict } from '#shared/oversight/suggestion.ts'
import type { DemoSuggestion, SuggestionStep } from './tell-suggestions.ts'

/* What the invented observers suggest, and what became of it. */

const endorsedBy = (as: string, note: string | null = null): SuggestionStep => [
  as,
  { kind: 'suggestion.endorsed', body: {}, texts: { note } },
]
const reviewedBy = (as: string): SuggestionStep => [
  as,
  { kind: 'suggestion.reviewed', body: {}, texts: {} },
]

function decidedBy(
  as: string,
  verdict: Verdict,
  [reason, ...links]: readonly [string, ...Link[]],
): SuggestionStep {
  return [as, { kind: `suggestion.${verdict}`, body: { links }, texts: { reason } }]
}

const streetLights = {
  measure: 'timeToClose',
  by: 'category',
  row: 'street-lights',
  filters: { agency: ['streets'], area: ['lantern-hill'] },
  window: '24h',
} as const

export const demoSuggestions: readonly DemoSuggestion[] = [
  {
    name: 'two-crews',
    as: 'city',
    target: 'service',
    language: 'en',
    title: 'Two crews for the lamps after a storm',
    text: 'Send two crews on the three nights after a storm, the second one to the stairs.',
    why: 'One crew repairs nine lamps a night, and thirty go out. On the stairs people fall.',
    agency: 'streets',
    area: 'lantern-hill',
    category: 'street-lights',
    flags: ['lamps'],
    then: [
      endorsedBy('order', 'نعم، وفي شارع الحبال أيضًا.'),
      reviewedBy('streets'),
      decidedBy('streets', 'adopted', [
        'It costs three nights of overtime a storm, and saves a week of darkness.',
        { kind: 'clause', to: 'Service standard for street lights §7' },
        { kind: 'rule', to: 'Night work roster 2' },
      ]),
      [
        'streets',
        {
          kind: 'suggestion.implemented',
          body: {
            links: [{ kind: 'work-order', to: 'WO-1811-27' }],
            evidence: [],
            attachments: [],
          },
          texts: { reason: '第二组已连续三晚出勤，台阶路灯全部修复。' },
        },
        streetLights,
      ],
    ],
  },
  {
    name: 'ask-tenants',
    as: 'city',
    target: 'rule',
    language: 'en',
    title: 'Ask the tenant before a defect is closed',
    text: 'A ticket about a rented home is closed when the tenant says so, or has not answered for five working days.',
    why: 'Owners say that it is done. Tenants call again.',
    agency: 'housing',
    category: 'rental-defects',
    flags: ['rental-reopened', 'rental-days'],
    then: [
      reviewedBy('housing'),
      decidedBy('housing', 'partly', [
        'We ask the tenant, and wait three working days instead of five.',
        { kind: 'rule', to: 'Closing of housing tickets 4' },
      ]),
    ],
  },
  {
    name: 'first-word',
    as: 'city',
    target: 'service',
    language: 'en',
    title: 'A form that asks what happened',
    text: 'The first page asks what happened; the agency follows from it.',
    why: 'One permit in twelve begins at the wrong desk.',
    agency: null,
    flags: ['residence-transfer'],
    then: [
      reviewedBy('secretariat'),
      decidedBy('secretariat', 'adopted', [
        '新表格已在两个窗口试用，错投减少一半。',
        { kind: 'document', to: 'Form 1, second edition' },
      ]),
    ],
  },
  {
    name: 'cold-asphalt',
    as: 'shore',
    target: 'place',
    language: 'ja',
    title: '湿地の道には冷たいアスファルトを',
    text: '潮が引いている間だけで固まる常温アスファルトを、塩沼の道で使ってください。',
    why: '普通の舗装は乾くまで六時間かかり、潮はその前に戻ります。',
    agency: 'streets',
    area: 'saltmarsh',
    category: 'potholes',
    flags: ['saltmarsh-potholes'],
    then: [endorsedBy('city', 'It holds in harbours of the same tide.'), reviewedBy('streets')],
  },
  {
    name: 'all-stairs-lit',
    as: 'order',
    target: 'policy',
    language: 'ar',
    title: 'إنارة الأدراج طوال الليل',
    text: 'لا تُطفأ مصابيح الأدراج بعد منتصف الليل.',
    why: 'يعود عمال الميناء بعد منتصف الليل، والأدراج مظلمة.',
    agency: 'streets',
    category: 'street-lights',
    then: [
      reviewedBy('streets'),
      decidedBy('streets', 'declined', [
        'The lamps of the stairs are not switched off: those that are dark are broken. See the flag on Lantern Hill.',
      ]),
    ],
  },
  {
    name: 'owners-register',
    as: 'city',
    target: 'policy',
    language: 'fr',
    title: 'Un registre des propriétaires, ouvert au service du logement',
    text: 'Le service du logement consulte le registre des propriétaires le jour même.',
    why: 'La moitié du délai se passe à chercher une adresse.',
    agency: 'housing',
    category: 'building-management',
    flags: ['management-unfair'],
    then: [reviewedBy('housing')],
  },
  {
    name: 'whole-building',
    as: 'shore',
    target: 'rule',
    language: 'ja',
    title: '同じ建物の申し立ては一件として',
    text: '三件以上の申し立てがある建物は、建物全体を検査してください。',
    why: '一部屋ずつ直しても、屋根は直りません。',
    agency: 'housing',
    area: 'old-quay',
    category: 'rental-defects',
    flags: ['quay-rents'],
    then: [endorsedBy('city')],
  },
  {
    name: 'photo-of-place',
    as: 'order',
    target: 'rule',
    language: 'en',
    title: 'No parking ticket is closed without a photograph of the place',
    text: 'Street Order attaches a photograph taken at the place, at the time, before it closes.',
    why: 'Two in three are closed within ten minutes.',
    agency: 'street-order',
    category: 'illegal-parking',
    look: {
      measure: 'instantCloseShare',
      by: 'category',
      row: 'illegal-parking',
      filters: { agency: ['street-order'] },
      window: '30d',
    },
    flags: ['parking-instant', 'vending-reopened'],
    then: [
      endorsedBy('city', 'The one change that would tell us most.'),
      reviewedBy('secretariat'),
    ],
  },
  {
    name: 'tide-tables',
    as: 'shore',
    target: 'service',
    language: 'en',
    title: 'Put the tide beside the flood tickets',
    text: 'Show high water on the page of Water and Drainage.',
    why: 'Crews come at high tide and leave again.',
    agency: 'water',
    area: 'saltmarsh',
    category: 'drains',
    flags: ['saltmarsh-drains'],
    then: [endorsedBy('city', 'The same tide runs in every harbour I have lived by.')],
  },
  {
    name: 'languages-counter',
    as: 'city',
    target: 'service',
    language: 'fr',
    title: 'Un interprète au guichet des permis, le mardi',
    text: 'Un interprète de français, de japonais et d’arabe, le mardi après-midi.',
    why: 'Beaucoup d’erreurs de formulaire sont des erreurs de langue.',
    agency: null,
    then: [reviewedBy('secretariat')],
  },
  {
    name: 'quiet-hours',
    as: 'order',
    target: 'rule',
    language: 'en',
    title: 'One telephone for noise at night',
    text: 'Noise of sites and of neighbours goes to the same number after ten.',
    why: 'At night nobody knows whose noise it is.',
    agency: 'street-order',
    category: 'site-noise',
    then: [endorsedBy('city')],
  },
  {
    name: 'signs-withdrawn',
    as: 'shore',
    target: 'place',
    language: 'en',
    title: 'One sign instead of two at the quay',
    text: 'Take one of the two signs away.',
    why: 'They say the same.',
    agency: 'streets',
    area: 'old-quay',
    category: 'signs-signals',
    then: [
      [
        'shore',
        {
          kind: 'suggestion.withdrawn',
          body: {},
          texts: { reason: 'They stand for the two directions.' },
        },
      ],
    ],
  },
]
