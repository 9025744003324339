import { acknowledgedBy, answeredBy, on } from './flag-words.ts'
import type { DemoFlag } from './tell-flags.ts'

export const fromShore: readonly DemoFlag[] = [
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
