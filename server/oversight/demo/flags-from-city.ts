import { acknowledgedBy, answeredBy, on } from './flag-words.ts'
import type { DemoFlag } from './tell-flags.ts'

export const fromCity: readonly DemoFlag[] = [
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
