import { areas } from '../areas.ts'
import { type AskedChoice, type AskedGroup, type AskedPoll, both } from './asked.ts'

const age: AskedGroup = {
  id: 'age',
  texts: both('Age', '年龄'),
  values: [
    { id: 'under-30', texts: both('Under 30', '30岁以下'), weight: 28 },
    { id: '30-49', texts: both('30 to 49', '30至49岁'), weight: 39 },
    { id: '50-69', texts: both('50 to 69', '50至69岁'), weight: 26 },
    { id: 'over-69', texts: both('70 and over', '70岁及以上'), weight: 7 },
  ],
}

const district: AskedGroup = {
  id: 'district',
  texts: both('Where I live', '居住地'),
  values: areas.map(({ code: id, names: texts, weight }) => ({ id, texts, weight })),
}

const noOpinion = (weight: number): AskedChoice => ({
  id: 'no-opinion',
  texts: both('No opinion', '没有意见'),
  weight,
})

/** Open, with live tallies. */
export const waterfrontEvenings: AskedPoll = {
  code: 'waterfront-evenings',
  agency: 'parks',
  titles: both('Evenings on the waterfront', '滨水夜间怎么用'),
  summaries: both(
    'The promenade between Old Quay and the lock is being rebuilt. What should one find there after dark, and until when?',
    '老码头到船闸之间的步道正在改造。入夜以后这里该有什么，开放到几点？',
  ),
  opened: 9,
  open: 24,
  again: 24,
  every: 60,
  groups: [age],
  questions: [
    {
      id: 'hours',
      texts: both('Until when should the promenade be lit?', '步道应当亮灯到几点？'),
      most: 1,
      choices: [
        { id: 'ten', texts: both('Until ten', '到22点'), weight: 18, lean: { 'over-69': 3 } },
        {
          id: 'midnight',
          texts: both('Until midnight', '到24点'),
          weight: 46,
          lean: { '30-49': 1.2 },
        },
        {
          id: 'all-night',
          texts: both('All night, dimmed', '通宵，调暗'),
          weight: 29,
          lean: { 'under-30': 1.7 },
        },
        noOpinion(7),
      ],
    },
    {
      id: 'wanted',
      texts: both('What should there be?', '应当有哪些？'),
      most: 3,
      choices: [
        {
          id: 'seats',
          texts: both('More seats', '更多座椅'),
          weight: 52,
          lean: { 'over-69': 1.6 },
        },
        { id: 'toilets', texts: both('Public toilets', '公共厕所'), weight: 47 },
        { id: 'food', texts: both('Food stalls', '小吃摊'), weight: 33, lean: { 'under-30': 1.6 } },
        { id: 'music', texts: both('Music on Fridays', '周五音乐'), weight: 21 },
        { id: 'running', texts: both('A running lane', '跑步道'), weight: 30 },
        { id: 'quiet', texts: both('Nothing: quiet', '什么都不要，安静就好'), weight: 14 },
      ],
    },
  ],
}

/** Sealed until it closed; told by age since. */
export const schoolStreets: AskedPoll = {
  code: 'school-streets',
  agency: 'schools',
  titles: both('Streets at schools without cars', '校门口道路限行'),
  summaries: both(
    'From 7:30 to 8:15 and from 15:30 to 16:30 only residents, buses and bicycles would pass in front of eleven schools.',
    '每天7:30至8:15、15:30至16:30，十一所学校门前只允许居民车辆、公交车和自行车通行。',
  ),
  opened: 40,
  open: 21,
  again: 61,
  isSealed: true,
  every: 200,
  groups: [age, district],
  questions: [
    {
      id: 'try',
      texts: both('Should it be tried for a year?', '是否试行一年？'),
      most: 1,
      choices: [
        {
          id: 'all',
          texts: both('Yes, at all eleven', '是，十一所都试'),
          weight: 41,
          lean: { '30-49': 1.4 },
        },
        { id: 'some', texts: both('Yes, at some of them', '是，先在几所试'), weight: 27 },
        { id: 'no', texts: both('No', '否'), weight: 26, lean: { '50-69': 1.4 } },
        noOpinion(6),
      ],
    },
  ],
}

/** Open; it was asked only days ago. */
export const ferryBicycles: AskedPoll = {
  code: 'ferry-bicycles',
  agency: 'transport',
  titles: both('Bicycles and prams on the ferries', '自行车和婴儿车上渡轮'),
  summaries: both(
    'The new ferries have one open deck. Who should have room on it when everybody wants to go home?',
    '新渡轮只有一层敞开的甲板。大家都赶着回家的时候，位置应当留给谁？',
  ),
  opened: 3,
  open: 28,
  again: 28,
  every: 60,
  groups: [district, age],
  questions: [
    {
      id: 'rush',
      texts: both(
        'May bicycles come aboard between five and seven in the evening?',
        '傍晚五点到七点，自行车可以上船吗？',
      ),
      most: 1,
      choices: [
        {
          id: 'always',
          texts: both('Yes, always', '可以，一直可以'),
          weight: 24,
          lean: { 'under-30': 1.8, 'ferry-reach': 1.5 },
        },
        {
          id: 'ten',
          texts: both('Yes, ten at a time', '可以，每班十辆'),
          weight: 39,
          lean: { 'outer-isles': 1.6 },
        },
        { id: 'folded', texts: both('Only folded ones', '只限折叠车'), weight: 19 },
        { id: 'no', texts: both('No', '不可以'), weight: 13, lean: { 'over-69': 2.2 } },
        noOpinion(5),
      ],
    },
    {
      id: 'first',
      texts: both('Who goes aboard first?', '谁先上船？'),
      most: 2,
      choices: [
        { id: 'wheelchairs', texts: both('People in wheelchairs', '坐轮椅的人'), weight: 55 },
        {
          id: 'prams',
          texts: both('People with prams', '推婴儿车的人'),
          weight: 36,
          lean: { '30-49': 1.4 },
        },
        {
          id: 'islanders',
          texts: both('Who has no other way home', '没有别的路回家的人'),
          weight: 33,
          lean: { 'outer-isles': 2.5, 'gullwing-point': 1.4 },
        },
        { id: 'queue', texts: both('Who came first', '先到的人'), weight: 24 },
      ],
    },
  ],
}
