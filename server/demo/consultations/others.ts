import { topic, type Subject } from './subject.ts'

const marketArticles = {
  en: `Article 1. Streets
On market days Rope Street, Salt Lane and the lower half of Mill Hill are closed to cars.
Article 2. Hours
They are closed from six in the morning to four in the afternoon.
Article 3. Who may drive in
Residents, ambulances and those who bring goods before eight may drive in at walking speed.
Article 4. Stalls
A stall leaves two metres free for wheelchairs and prams.
Article 5. Trial
After a year the effects on trade, air and traffic are published before it goes on.`,
  zh: `第一条 集市日绳索街、盐巷和磨坊坡下段禁止机动车通行。
第二条 禁行时间为早6时至下午4时。
第三条 居民、救护车和8时以前送货的人可以步行速度驶入。
第四条 摊位应当为轮椅和婴儿车留出两米通道。
第五条 试行一年后，先公布对生意、空气和交通的影响，再决定是否继续。`,
}

/** As it was adopted. */
const marketAdopted = {
  en: marketArticles.en
    .replace('before eight may drive in', 'before nine may drive in')
    .replace('After a year', 'After half a year'),
  zh: marketArticles.zh.replace('8时以前送货', '9时以前送货').replace('试行一年后', '试行半年后'),
}

/** Open, with one draft. */
export const marketStreets: Subject = {
  code: 'market-streets',
  agency: 'markets',
  titles: { en: 'Market streets without cars', zh: '无车集市街办法' },
  summaries: {
    en: 'Which streets are closed to cars on market days, and who may still drive in.',
    zh: '集市日哪些街道禁止机动车通行，哪些人仍可驶入。',
  },
  opened: 6,
  open: 30,
  again: 60,
  every: 60,
  drafts: [
    { day: 0, texts: marketArticles },
    { day: 42, texts: marketAdopted },
  ],
  outcome: { day: 14, laws: { en: 'Market Streets Ordinance', zh: '集市街道条例' } },
  topics: [
    topic('', 3, [5, 4, 1], { en: 'market days without cars', zh: '集市日无车' }),
    topic('1', 5, [4, 4, 4], { en: 'the choice of streets', zh: '街道的选择' }),
    topic('2', 4, [3, 4, 4], { en: 'the hours', zh: '禁行时间' }),
    topic('3', 5, [3, 2, 6], { en: 'who may drive in', zh: '谁可以驶入' }),
    topic('4', 2, [8, 1, 2], { en: 'room for wheelchairs', zh: '轮椅通道' }),
    topic('5', 2, [6, 1, 2], { en: 'publishing the effects first', zh: '先公布影响' }),
  ],
}

const shadeArticles = {
  en: `Article 1. Aim
By the tenth year half of every pavement lies in shade at noon in July.
Article 2. Where first
Streets on which most people wait, and schoolyards, come first.
Article 3. Kinds of trees
Trees are chosen that stand drought, and no more than a tenth are of one kind.
Article 4. Felling
Who fells a street tree plants two, in the same street.`,
  zh: `第一条 到第十年，七月正午每条人行道有一半处于遮阴之下。
第二条 候车人最多的街道和校园优先。
第三条 选择耐旱树种，同一树种不超过十分之一。
第四条 砍伐一棵行道树的，在同一条街补种两棵。`,
}

/** As it was adopted. */
const shadeAdopted = {
  en: shadeArticles.en
    .replace('and schoolyards, come first', 'schoolyards and the yards of hospitals come first')
    .replace('in the same street.', 'in the same street, within a year.'),
  zh: shadeArticles.zh
    .replace('和校园优先', '、校园和医院庭院优先')
    .replace('在同一条街补种两棵', '一年内在同一条街补种两棵'),
}

/** Closed, and a law was made of it. */
export const shadeTrees: Subject = {
  code: 'shade-trees',
  agency: 'streets',
  titles: { en: 'Shade for streets and schoolyards', zh: '街道与校园遮阴规定' },
  summaries: {
    en: 'Trees along streets that are too hot in summer, and shade in every schoolyard.',
    zh: '在夏季过热的街道种树，让每个校园都有遮阴。',
  },
  opened: 46,
  open: 30,
  every: 650,
  drafts: [
    { day: 0, texts: shadeArticles },
    { day: 40, texts: shadeAdopted },
  ],
  outcome: { day: 13, laws: { en: 'Shade Ordinance', zh: '遮阴条例' } },
  topics: [
    topic('', 3, [8, 1, 1], { en: 'more shade', zh: '更多遮阴' }),
    topic('1', 3, [6, 1, 3], { en: 'half of every pavement', zh: '人行道一半遮阴' }),
    topic('2', 4, [6, 2, 4], { en: 'what comes first', zh: '优先次序' }),
    topic('3', 2, [5, 1, 3], { en: 'the kinds of trees', zh: '树种' }),
    topic('4', 3, [7, 2, 2], { en: 'two trees for one', zh: '一棵补两棵' }),
  ],
}
