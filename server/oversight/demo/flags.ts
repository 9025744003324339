import type { MeasureId } from '#shared/measures/all.ts'
import type { PresetWindow } from '#shared/view.ts'
import type { Look } from './claim.ts'
import type { DemoFlag, Step } from './tell-flags.ts'

/* What the invented observers of an invented city wrote, and what its officials answered. */

type Where = readonly [agency: string, category: string, area?: string]

/** A number by category of one agency, in one area or in the whole city. */
function on(
  measure: MeasureId,
  [agency, category, area]: Where,
  window: PresetWindow = '7d',
): Look {
  const filters = { agency: [agency], ...(area !== undefined && { area: [area] }) }
  return { measure, by: 'category', row: category, filters, window }
}

const acknowledgedBy = (as: string): Step => [as, 'acknowledgement']

function answeredBy(as: string, text: string, done: string | null = null, language = 'en'): Step {
  return [as, 'answer', { text, done, language }]
}

const fromCity: readonly DemoFlag[] = [
  {
    // Its way leads to two crews: see `suggestions.ts`.
    name: 'lamps',
    as: 'city',
    look: on('received', ['streets', 'street-lights', 'lantern-hill']),
    kind: 'pattern',
    severity: 'high',
    language: 'en',
    text: 'After every storm the same stairs on Lantern Hill are dark for a week. The tickets go up, one crew goes out, and the rest waits for the next storm.',
    then: [
      acknowledgedBy('streets'),
      ['order', 'joining', { text: 'الأمر نفسه في شارع الحبال بعد كل عاصفة.', language: 'ar' }],
      answeredBy(
        'streets',
        'One crew repairs nine lamps in a night. After the last storm thirty were out.',
        'Those on the stairs were put at the head of the list.',
      ),
      [
        'city',
        'dispute',
        {
          reason:
            'I walked the stairs yesterday. Four of the lamps that are closed as repaired are dark.',
        },
      ],
      [
        'secretariat',
        'settlement',
        {
          for: 'observer',
          text: 'A list in another order repairs no more lamps. The agency is asked what would.',
        },
      ],
    ],
  },
  {
    name: 'rental-days',
    as: 'city',
    look: on('timeToClose', ['housing', 'rental-defects'], '30d'),
    kind: 'slow',
    severity: 'high',
    language: 'en',
    text: 'Tenants wait for weeks until somebody looks at a broken heater. What takes so long: the visit, or the letter to the owner?',
    then: [
      acknowledgedBy('housing'),
      answeredBy(
        'housing',
        '上门查验平均四个工作日，其余时间在等业主回复。我们无权进入业主未同意的房屋。',
        '自本周起，业主十日不回复即发第二次通知，并抄送租客。',
        'zh',
      ),
      ['city', 'acceptance', { text: 'Thank you. This is an answer one can work with.' }],
    ],
  },
  {
    name: 'rental-reopened',
    as: 'city',
    look: on('reopenRate', ['housing', 'rental-defects'], '30d'),
    kind: 'not-really-resolved',
    severity: 'normal',
    language: 'fr',
    text: 'Une demande sur vingt est rouverte : la réparation est notée comme faite, et le locataire rappelle quelques jours plus tard.',
    then: [
      acknowledgedBy('housing'),
      answeredBy(
        'housing',
        'We close when the owner says that it is done. The tenant is not asked.',
        null,
      ),
      [
        'city',
        'dispute',
        { reason: 'C’est justement la question : pourquoi ne demande-t-on rien au locataire ?' },
      ],
    ],
  },
  {
    name: 'building-safety',
    as: 'city',
    look: on('overdue', ['housing', 'building-safety']),
    kind: 'slow',
    severity: 'high',
    language: 'en',
    text: 'Building safety should have no overdue tickets at all. Please say of each why it is still open.',
    then: [acknowledgedBy('housing')],
  },
  {
    name: 'oldest-defect',
    as: 'city',
    look: { agency: 'housing', nth: 0 },
    kind: 'slow',
    severity: 'normal',
    language: 'en',
    text: 'Of all open tickets of Housing Standards this one was due first. What is being waited for?',
    then: [],
  },
  {
    name: 'management-unfair',
    as: 'city',
    look: on('responseRate', ['housing', 'building-management'], '30d'),
    kind: 'unfair',
    severity: 'normal',
    language: 'fr',
    text: 'Les grands ensembles obtiennent une réponse, les petits immeubles attendent. Le taux cache cette différence.',
    then: [
      acknowledgedBy('housing'),
      answeredBy(
        'housing',
        'Large estates have a manager with an address; of small houses we must find the owners first.',
        'A clerk now looks owners up on the day a ticket comes in.',
      ),
    ],
  },
  {
    name: 'benefits-slow',
    as: 'city',
    look: on('timeToRespond', ['social-care', 'benefits'], '30d'),
    kind: 'slow',
    severity: 'high',
    language: 'en',
    text: 'Who asks for a benefit cannot wait three days for a first word. Which of the steps could be left out?',
    then: [],
  },
  {
    name: 'collections',
    as: 'city',
    look: on('received', ['sanitation', 'missed-collection'], '24h'),
    kind: 'pattern',
    severity: 'low',
    language: 'fr',
    text: 'Les ramassages manqués se concentrent sur le lundi. Est-ce la tournée, ou le week-end ?',
    then: [],
  },
  {
    // Lateness on the first day.
    name: 'power-minutes',
    as: 'city',
    look: on('received', ['power', 'power-cuts'], '24h'),
    kind: 'other',
    severity: 'high',
    language: 'en',
    text: 'In this demonstration nobody answers for Power and Gas, and this flag was given two minutes instead of the policy’s days: so that you can see how a late answer is shown to everybody.',
    minutes: 2,
    then: [],
  },
  {
    name: 'residence-transfer',
    as: 'city',
    look: on('transferShare', ['registry', 'residence-permits'], '30d'),
    kind: 'pattern',
    severity: 'normal',
    language: 'en',
    text: 'One residence permit in twelve begins at the wrong desk. The form asks for the agency before it says what each of them does.',
    then: [
      [
        'secretariat',
        'transfer',
        { to: null, reason: 'The form is the secretariat’s own: we answer for it.' },
      ],
      acknowledgedBy('secretariat'),
      answeredBy(
        'secretariat',
        '表格第一页先问“您要找哪个部门”，居民往往不知道。这是我们设计上的问题。',
        '新表格先问“发生了什么”，部门由系统建议，本月上线。',
        'zh',
      ),
      ['city', 'acceptance', {}],
    ],
  },
]

const fromShore: readonly DemoFlag[] = [
  {
    name: 'quay-lights',
    as: 'shore',
    look: on('open', ['streets', 'street-lights', 'old-quay']),
    kind: 'slow',
    severity: 'high',
    language: 'ja',
    text: '旧埠の岸壁沿いの街灯が何本も消えたままです。夜の船を降りる人が足元を見えません。',
    then: [
      acknowledgedBy('streets'),
      answeredBy(
        'streets',
        '岸边电缆进水，更换前不能通电。',
        '已装六盏临时太阳能灯，电缆下周更换。',
        'zh',
      ),
      ['shore', 'acceptance', { text: '昨夜確認しました。明るくなりました。' }],
    ],
  },
  {
    name: 'saltmarsh-drains',
    as: 'shore',
    look: on('overdue', ['water', 'drains', 'saltmarsh']),
    kind: 'slow',
    severity: 'high',
    language: 'ja',
    text: '大潮のたびに塩沼の排水溝があふれます。期限を過ぎた件数が減りません。',
    then: [
      ['city', 'joining', { text: 'The same at every spring tide since summer.', language: 'en' }],
    ],
  },
  {
    name: 'ferry-stops',
    as: 'shore',
    look: on('onTimeRate', ['transport', 'stops', 'ferry-reach'], '30d'),
    kind: 'wrong-number',
    severity: 'normal',
    language: 'en',
    text: 'The ferry stop was closed for repairs, and tickets about it count as on time because they were merged. Is the rate right?',
    then: [],
  },
  {
    name: 'quay-rents',
    as: 'shore',
    look: on('received', ['housing', 'rental-defects', 'old-quay'], '30d'),
    kind: 'pattern',
    severity: 'normal',
    language: 'ja',
    text: '旧埠の賃貸住宅で、同じ建物から雨漏りの申し立てが続いています。一件ずつではなく建物として見てください。',
    then: [
      acknowledgedBy('housing'),
      answeredBy(
        'housing',
        '同一栋楼的投诉已并案，由一名专员负责。',
        '整栋楼的屋顶检查定于下周二。',
        'zh',
      ),
    ],
  },
  {
    name: 'saltmarsh-potholes',
    as: 'shore',
    look: on('timeToClose', ['streets', 'potholes', 'saltmarsh'], '30d'),
    kind: 'unfair',
    severity: 'normal',
    language: 'en',
    text: 'A hole in the road takes a third longer to be closed in Saltmarsh than on Terrace Row.',
    then: [
      acknowledgedBy('streets'),
      answeredBy(
        'streets',
        'The road to Saltmarsh is under water twice a day; asphalt cannot be laid then.',
        'Cold asphalt is tried on the marsh road from next month.',
      ),
      ['shore', 'dispute', { reason: 'Terrace Row has a tide too. It is the list that is older.' }],
      [
        'secretariat',
        'settlement',
        {
          for: 'agency',
          text: 'The tide tables bear the agency out for the marsh road. It tells us in three months what cold asphalt did.',
        },
      ],
    ],
  },
  {
    name: 'reach-pavement',
    as: 'shore',
    look: { agency: 'streets', area: 'ferry-reach', nth: 0 },
    kind: 'slow',
    severity: 'low',
    language: 'ja',
    text: 'この件は渡口湾でいちばん長く期限を過ぎています。',
    then: [acknowledgedBy('streets')],
  },
  {
    name: 'quay-withdrawn',
    as: 'shore',
    look: on('received', ['streets', 'signs-signals', 'old-quay']),
    kind: 'wrong-number',
    severity: 'low',
    language: 'en',
    text: 'Two signs at the quay seem to be counted twice.',
    then: [
      [
        'shore',
        'withdrawal',
        { reason: 'There are two signs: one for each direction. The number is right.' },
      ],
    ],
  },
]

const fromOrder: readonly DemoFlag[] = [
  {
    name: 'parking-instant',
    as: 'order',
    look: on('instantCloseShare', ['street-order', 'illegal-parking'], '30d'),
    kind: 'not-really-resolved',
    severity: 'high',
    language: 'ar',
    text: 'يُغلق معظم بلاغات الوقوف المخالف خلال دقائق من ورودها. لا يستطيع أحد أن يصل إلى المكان بهذه السرعة.',
    then: [
      [
        'city',
        'joining',
        { text: 'Two in three are closed before anybody could have been there.', language: 'en' },
      ],
    ],
  },
  {
    name: 'vending-reopened',
    as: 'order',
    look: on('reopenRate', ['street-order', 'street-vending'], '30d'),
    kind: 'pattern',
    severity: 'normal',
    language: 'en',
    text: 'What is closed as resolved comes back more often here than anywhere else in the city.',
    then: [],
  },
  {
    name: 'noise-minutes',
    as: 'order',
    look: on('overdue', ['street-order', 'site-noise']),
    kind: 'slow',
    severity: 'normal',
    language: 'en',
    text: 'Nights on the building site at the quay are loud again. (In this demonstration the flag was given three minutes, so that you can see how a late answer is shown.)',
    minutes: 3,
    then: [],
  },
  {
    name: 'signals',
    as: 'order',
    look: on('timeToRespond', ['streets', 'signs-signals']),
    kind: 'slow',
    severity: 'high',
    language: 'ar',
    text: 'إشارة معطّلة عند تقاطع المدرسة تنتظر الرد الأول أكثر من يوم. هذا وقت طويل لمكان يعبره الأطفال.',
    then: [
      acknowledgedBy('streets'),
      answeredBy(
        'streets',
        'A signal at a school is now answered by the duty officer at once, day and night.',
        'The signal works again since this morning.',
      ),
      ['order', 'acceptance', { text: 'شكرًا، تأكدت بنفسي.' }],
    ],
  },
  {
    name: 'kerbs',
    as: 'order',
    look: on('open', ['streets', 'pavements']),
    kind: 'unfair',
    severity: 'normal',
    language: 'ar',
    text: 'تُصلَح الأرصفة أمام المتاجر أولًا، وتنتظر الأرصفة أمام البيوت.',
    then: [
      acknowledgedBy('streets'),
      answeredBy(
        'streets',
        '维修顺序按行人流量排列，商铺前人流较多，并非偏向。',
        '流量数据下月公布，请据此核对。',
        'zh',
      ),
    ],
  },
  {
    name: 'oldest-hole',
    as: 'order',
    look: { agency: 'streets', nth: 0 },
    kind: 'slow',
    severity: 'normal',
    language: 'en',
    text: 'This was due before every other open ticket of Streets and Lighting.',
    then: [],
  },
  {
    name: 'night-lights',
    as: 'order',
    look: on('received', ['streets', 'street-lights'], '24h'),
    kind: 'other',
    severity: 'low',
    language: 'en',
    text: 'More lamps than usual were reported since yesterday. Is something known?',
    then: [
      acknowledgedBy('streets'),
      answeredBy(
        'streets',
        'A transformer in Northgate failed at dusk.',
        'It was replaced at night.',
      ),
    ],
  },
  {
    name: 'overdue-list',
    as: 'order',
    look: { query: 'agency=streets&state=overdue' },
    kind: 'pattern',
    severity: 'normal',
    language: 'en',
    text: 'So many tickets are overdue at once that no single answer helps. What is the plan for the whole list?',
    then: [acknowledgedBy('streets')],
  },
]

/** In an order in which they may have come. */
export const demoFlags: readonly DemoFlag[] = [...fromCity, ...fromShore, ...fromOrder]
