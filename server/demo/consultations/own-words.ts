import type { CommentEvent } from '#shared/consultations/events.ts'
import { pickFrom, type Random } from '../random.ts'
import type { Subject, Topic } from './subject.ts'

/** What a comment says. */
export type Words = Pick<CommentEvent, 'provision' | 'stance' | 'text' | 'proposal' | 'language'>

const [IN_CHINESE, PROPOSING] = [0.45, 0.5]

const openings = {
  en: {
    support: ['I am glad of', 'We have waited for', 'Please keep', 'I support'],
    oppose: ['I do not want', 'Nobody asked us about', 'Think again about', 'I am against'],
    amend: [
      'Please say more clearly',
      'There should be exceptions to',
      'I would write differently',
    ],
  },
  zh: {
    support: ['我支持', '我们一直盼着', '请保留', '我很高兴看到'],
    oppose: ['我不同意', '没有人问过我们', '请重新考虑', '我反对'],
    amend: ['请写得更清楚：', '应当有例外：', '我建议换一种写法：'],
  },
}

const reasons = {
  en: [
    'it changes how we get to work.',
    'we have lived here for thirty years.',
    'children sleep behind these windows.',
    'the shops on our street depend on it.',
    'nobody measured it where we live.',
    'other cities have tried it.',
  ],
  zh: [
    '这关系到我们上下班。',
    '我们在这里住了三十年。',
    '窗后睡着孩子。',
    '街上的店铺都靠它。',
    '没有人在我们住的地方测量过。',
    '别的城市试过。',
  ],
}

/** Who writes. */
const whos = {
  en: [
    'I drive the early bus and sleep in the afternoon.',
    'My workshop is two doors from the ferry stairs.',
    'We are four in three rooms under the roof.',
    'I have kept a stall here since my father died.',
    'I clean offices until half past one.',
    'I moved here from abroad last spring.',
    'My daughter learns for her examination at night.',
    'I have been a nurse at the harbour clinic for nine years.',
    'I walk with a stick, and every detour counts.',
    'I teach the second form at the quay school.',
    'We rent out boats in summer and mend them in winter.',
    'I am seventeen and may not vote yet.',
    'I write for the nine families of our staircase.',
    'I have driven a taxi in this city since the old bridge.',
    'Our bakery lights its oven at three in the morning.',
    'I only visit, but I visit every week.',
  ],
  zh: [
    '我开早班公交，下午才睡觉。',
    '我的作坊离渡口台阶只有两个门。',
    '我们一家四口住在顶楼三间屋里。',
    '父亲去世以后，我一直在这里摆摊。',
    '我打扫办公室，要到一点半才下班。',
    '我去年春天才从国外搬来。',
    '我女儿夜里要准备考试。',
    '我在港口诊所当了九年护士。',
    '我拄拐走路，多绕一步都不容易。',
    '我在码头小学教二年级。',
    '我们夏天出租小船，冬天修船。',
    '我十七岁，还没有投票权。',
    '我代表我们楼道里的九户人家写信。',
    '从老桥那时起，我就在这座城市开出租车。',
    '我们面包房凌晨三点生炉子。',
    '我只是来访的人，但每星期都来。',
  ],
}

/** And what they ask for. */
const wishes = {
  en: [
    'Try it for one winter first, and tell us what came of it.',
    'Please put the figures on a board where we can read them.',
    'Ask the people of the lower town before you decide.',
    'Whoever breaks it must know what it costs.',
    'A rule that nobody checks is only paper.',
    'Say who answers when it goes wrong.',
    'Leave it to the streets themselves where you can.',
    'It should hold for the city’s own vehicles too.',
    'Begin where it is worst, and not where it is easiest.',
    'I would come to a meeting about it, if it is in the evening.',
    'Write it so that my neighbour understands it without a lawyer.',
    'And please do not forget those who work on Sundays.',
  ],
  zh: [
    '请先试行一个冬天，再把结果告诉我们。',
    '请把数字贴在大家看得到的地方。',
    '决定之前，请先问问下城的居民。',
    '违反的人应当知道代价。',
    '没有人检查的规定只是一张纸。',
    '请写明出了问题由谁答复。',
    '能由街区自己定的，就让街区来定。',
    '市里自己的车辆也应当遵守。',
    '请从最严重的地方开始，而不是从最容易的地方。',
    '如果晚上开会讨论，我愿意参加。',
    '请写得让我的邻居不用请律师也能看懂。',
    '也请不要忘记星期天上班的人。',
  ],
}

/** Where they live, or pass by. */
const wheres = {
  en: [
    'I live on Rope Street, above the chandler.',
    'From my kitchen in Kiln Lane I see the whole bay.',
    'We came to Saltmarsh when the rents in Old Quay doubled.',
    'My bench is the third one from the lock.',
    'I pass the fish hall twice a day.',
    'Our club rows from the steps at Ferry Reach.',
    'I have a garden in Cedar Flats and no balcony.',
    'The number six bus turns under my window.',
    'On Gullwing Point the wind carries every sound.',
    'My parents still live on the outer isles.',
    'I study at the college in Northgate.',
    'There are eleven houses on our side of Millrace.',
    'I moved to Terrace Row for the quiet.',
    'My brother keeps the lamp shop on Lantern Hill.',
    'I sort post in the hall behind the station.',
    'We meet on Thursdays in the sailors’ reading room.',
    'My window is the lowest one on Salt Lane.',
    'I sing in the choir of the harbour church.',
    'The school bus stops at our gate.',
    'Between the two bridges there is only us.',
  ],
  zh: [
    '我住在绳索街，楼下是船具店。',
    '从我窑巷的厨房能看见整个海湾。',
    '旧埠房租翻倍那年，我们搬到了盐沼。',
    '船闸数过来第三张长椅是我常坐的。',
    '我每天两次经过鱼市。',
    '我们划船队从渡口湾的台阶下水。',
    '我在雪松坪有一小块菜地，没有阳台。',
    '六路公交就在我窗下掉头。',
    '鸥翼角风大，什么声音都传得来。',
    '我父母还住在外岛。',
    '我在北门的学院读书。',
    '磨坊渠我们这一侧一共十一户。',
    '我是为了清静才搬到台地街的。',
    '我哥哥在灯笼山开灯铺。',
    '我在车站后面的大厅分拣邮件。',
    '我们每周四在海员阅览室聚会。',
    '盐巷最低的那扇窗就是我家。',
    '我在港口教堂的合唱团唱歌。',
    '校车就停在我们院门口。',
    '两座桥之间只有我们几户。',
  ],
}

const proposals = { en: 'Add: “unless safety requires otherwise”.', zh: '增加：“除安全所必需外”。' }

/** Of people who write by themselves: few say it in the same words. */
export function ownWords(random: Random, { topics }: Subject): Words {
  const topic = pickFrom<Topic>(topics)(random)
  const { stance } = pickFrom(topic.stances)(random)
  const language = random() < IN_CHINESE ? 'zh' : 'en'
  const opening = oneOf(random, openings[language][stance])
  const reason = oneOf(random, reasons[language])
  const about = topic.about[language]
  const own = [whos, wheres, wishes].map((all) => oneOf(random, all[language]))
  const text =
    language === 'en'
      ? `${opening} ${about}: ${[reason, ...own].join(' ')}`
      : `${opening}${about}，${reason}${own.join('')}`
  const isProposing = stance === 'amend' && random() < PROPOSING
  return {
    provision: topic.provision === '' ? null : topic.provision,
    stance,
    text,
    proposal: isProposing ? proposals[language] : null,
    language,
  }
}

export const oneOf = (random: Random, texts: readonly string[]): string =>
  texts[Math.floor(random() * texts.length)]!
