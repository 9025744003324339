import { type AskedAgreement, both } from './asked.ts'

/** The camps: those who want the city awake, those who want to sleep, those who work there. */
export const nightEconomy: AskedAgreement = {
  code: 'city-at-night',
  agency: 'street-order',
  titles: both('The city at night', '夜里的城市'),
  summaries: both(
    'What should hold between ten at night and six in the morning? Agree, disagree or pass on what others say.',
    '晚上十点到早上六点，应当怎样？对别人的说法表示赞同、反对或者略过。',
  ),
  opened: 16,
  open: 45,
  again: 45,
  every: 60,
  waiting: [
    { day: 14, texts: { en: 'Street cats need a quiet corner at night too.' } },
    { day: 15, texts: { zh: '夜里的公厕应当有人打扫。' } },
    { day: 15, texts: { en: 'Cheap watches at pier nine, ask for Benno!' } },
  ],
  statements: [
    {
      texts: both(
        'Night buses should run every night, not only on Fridays.',
        '夜班公交应当天天开，而不只是周五。',
      ),
      stands: [0.9, 0.5, 0.9],
    },
    {
      texts: both(
        'Nobody should be woken by a delivery before six.',
        '早上六点以前不该有人被送货吵醒。',
      ),
      stands: [0.4, 0.95, 0.3],
    },
    {
      texts: both(
        'Streets where people walk home must be lit all night.',
        '人们走夜路回家的街道必须整夜有灯。',
      ),
      stands: [0.85, 0.7, 0.9],
    },
    {
      texts: both(
        'Bars on Lantern Lane may stay open until three.',
        '灯笼巷的酒吧可以开到凌晨三点。',
      ),
      stands: [0.85, -0.9, 0.3],
    },
    {
      texts: both('Music outdoors ends at ten, without exceptions.', '户外音乐一律十点结束。'),
      stands: [-0.85, 0.9, -0.1],
    },
    {
      texts: both('Food stalls are part of the city at night.', '夜宵摊是夜里城市的一部分。'),
      stands: [0.9, -0.2, 0.9],
    },
    {
      texts: both(
        'Who sells food at night should pay no fee in the first year.',
        '夜间卖小吃的，第一年不该交费。',
      ),
      stands: [0.2, -0.4, 0.95],
    },
    {
      texts: both('There are too few toilets after ten.', '十点以后厕所太少。'),
      stands: [0.8, 0.75, 0.85],
    },
    {
      texts: both(
        'Noise should be measured at windows, not in offices.',
        '噪声应当在窗前测，而不是在办公室里算。',
      ),
      stands: [0.3, 0.95, 0.2],
    },
    {
      texts: both(
        'A night mayor should speak for those who work at night.',
        '应当有一位夜间市长，替夜里上班的人说话。',
      ),
      stands: [0.6, -0.1, 0.9],
    },
    {
      texts: both(
        'Complaints about noise should be answered within the hour.',
        '噪声投诉应当一小时内答复。',
      ),
      stands: [0.1, 0.95, 0.1],
    },
    {
      texts: both(
        'The market on Harbour Square should move away from homes.',
        '港湾广场的夜市应当搬离居民楼。',
      ),
      stands: [-0.6, 0.85, -0.8],
    },
    {
      texts: both('Young people have nowhere to go after ten.', '年轻人十点以后没有地方可去。'),
      stands: [0.85, -0.4, 0.3],
    },
    {
      texts: both(
        'Cleaners should come before the shops open, not at four.',
        '保洁应当在商店开门前来，而不是凌晨四点。',
      ),
      stands: [0.1, 0.8, -0.7],
    },
    {
      texts: both('I feel safe in the underground at night.', '夜里坐地铁我觉得安全。'),
      stands: [0.5, 0.1, 0.2],
    },
    {
      texts: both(
        'Taxis should wait at the ferry until the last boat.',
        '出租车应当在码头等到末班船。',
      ),
      stands: [0.6, 0.5, 0.8],
    },
    {
      texts: both(
        'Windows facing bars should be paid for by the city.',
        '临酒吧一侧的隔音窗应当由市里出钱。',
      ),
      stands: [0.2, 0.9, -0.3],
    },
    {
      texts: both(
        'Rules for the night should be tried for a year before they are made.',
        '夜间的规定应当先试一年再定。',
      ),
      stands: [0.7, 0.6, 0.75],
    },
    {
      texts: both(
        'Bins on Lantern Lane should be emptied at midnight.',
        '灯笼巷的垃圾桶应当在半夜清一次。',
      ),
      stands: [0.5, -0.5, 0.8],
      day: 3,
    },
    {
      texts: both(
        'Libraries should be open until midnight before exams.',
        '考试前图书馆应当开到半夜。',
      ),
      stands: [0.85, 0.4, 0.2],
      day: 5,
    },
    {
      texts: both(
        'Every second street light could be switched off at two.',
        '凌晨两点以后路灯可以隔一盏关一盏。',
      ),
      stands: [-0.5, 0.3, -0.9],
      day: 6,
    },
    {
      texts: both('Who complains should first talk with the bar.', '投诉之前应当先和酒吧谈一谈。'),
      stands: [0.6, -0.8, 0.7],
      day: 8,
    },
    {
      texts: both(
        'Night work should count towards a cheaper bus pass.',
        '上夜班的人应当能买更便宜的公交卡。',
      ),
      stands: [0.4, 0.2, 0.95],
      day: 9,
    },
    {
      texts: both('The city is quieter than it was ten years ago.', '城市比十年前安静了。'),
      stands: [0.2, -0.85, 0.1],
      day: 11,
    },
  ],
}
