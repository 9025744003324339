import { topic, type Subject } from './subject.ts'

/* Invented for Port Halcyon, as all of it is. */

const first = {
  en: `## Chapter 1. General
### Article 1. Purpose
These rules let the bay sleep and let people get home.
### Article 2. Words
A night is the time between 23:00 and 06:00. A quay is any place at which a ferry takes people on.
## Chapter 2. Hours and routes
### Article 3. Last departures
The last departures from Old Quay are:
(1) on Fridays and Saturdays at 02:00;
(2) on other days at 01:00;
(3) on nights with a concert at the fish hall, an hour later.
### Article 4. First departures
No ferry leaves before 05:30.
### Article 5. Route
At night a ferry keeps three hundred metres from the houses of Lantern Shore.
### Article 6. Speed
At night a ferry enters and leaves the inner harbour at no more than 8 knots.
## Chapter 3. Sound
### Article 7. Limit
At night the sound at the nearest window stays below 55 decibels.
### Article 8. Horns
At night a ferry does not sound its horn.
### Article 9. Loading
Between midnight and 05:00 no goods are loaded with cranes or chains.
## Chapter 4. Measuring and complaints
### Article 10. Measuring
Harbour Transport measures the sound at six places and publishes it every hour.
### Article 11. Complaints
Who is woken may complain by phone at any hour and is answered within three days.
### Article 12. Beginning
These rules begin on the first day of the second month after they are adopted.`,
  zh: `## 第一章 总则
第一条 本规则使海湾得以安睡，也使人们得以回家。
第二条 本规则所称夜间，是指23时至次日6时。码头是指渡轮上客的任何地点。
## 第二章 时间与航线
第三条 旧埠末班船的开航时间：
（一）星期五、星期六为2时；
（二）其他日为1时；
（三）鱼市有音乐会的，比平时晚一小时。
第四条 渡轮不得早于5时30分开航。
第五条 夜间渡轮与灯岸房屋保持三百米距离。
第六条 夜间渡轮驶入、驶离内港的航速不得超过8节。
## 第三章 声音
第七条 夜间最近窗前的声音低于55分贝。
第八条 夜间渡轮不得鸣笛。
第九条 零时至5时不得使用吊车、铁链装卸货物。
## 第四章 测量与投诉
第十条 港口交通部门在六处测量声音，每小时公布一次。
第十一条 被吵醒的人可以随时电话投诉，三日内得到答复。
第十二条 本规则自通过后第二个月的第一日起施行。`,
}

const second = {
  en: first.en
    .replace('on other days at 01:00', 'on other days at 00:30')
    .replace('no more than 8 knots', 'no more than 6 knots')
    .replace(
      'does not sound its horn.',
      'does not sound its horn, except where safety requires it.',
    )
    .replace(
      '### Article 9. Loading',
      '### Article 9. Engines at the quay\nA ferry that lies at a quay for more than ten minutes stops its engines.\n### Article 10. Loading',
    )
    .replace('### Article 12. Beginning', '### Article 13. Beginning')
    .replace('### Article 11. Complaints', '### Article 12. Complaints')
    .replace('### Article 10. Measuring', '### Article 11. Measuring'),
  zh: first.zh
    .replace('其他日为1时', '其他日为0时30分')
    .replace('不得超过8节', '不得超过6节')
    .replace('夜间渡轮不得鸣笛。', '夜间渡轮不得鸣笛，除保障安全所必需外。')
    .replace('第十二条', '第十三条')
    .replace('第十一条', '第十二条')
    .replace('第十条', '第十一条')
    .replace('第九条', '第九条 渡轮在码头停靠超过十分钟的，应当关闭发动机。\n第十条'),
}

/** As it was adopted: the letter was heard. */
const adopted = {
  en: second.en.replace('on other days at 00:30', 'on other days at 01:00'),
  zh: second.zh.replace('其他日为0时30分', '其他日为1时'),
}

const letter = {
  en: 'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight. Half an hour earlier means an hour’s walk round the bay.',
  zh: '末班船回家不是奢侈。护士、面包师和码头工人都在午夜以后下班。早半小时，就意味着绕海湾多走一个小时。',
}

export const nightFerry: Subject = {
  code: 'night-ferry',
  agency: 'transport',
  titles: { en: 'Night ferry and harbour noise rules', zh: '夜间渡轮与港口噪声规则' },
  summaries: {
    en: 'How late ferries sail, how fast, and how loud the harbour may be at night.',
    zh: '渡轮开到几点、开多快，以及夜间港口可以有多响。',
  },
  opened: 14,
  open: 23,
  again: 60,
  every: 60,
  drafts: [
    { day: 0, texts: first },
    { day: 4, texts: second },
    { day: 36, texts: adopted },
  ],
  outcome: { day: 15, laws: { en: 'Night Ferry Ordinance', zh: '夜间渡轮条例' } },
  letter: { texts: letter, provision: '3', day: 9 },
  topics: [
    topic('', 2, [4, 3, 3], {
      en: 'a quieter night by the harbour',
      zh: '港口夜间更安静',
    }),
    topic('1', 0.4, [6, 1, 1], { en: 'saying what the rules are for', zh: '写明规则的目的' }),
    topic('2', 0.5, [3, 2, 4], { en: 'when a night begins', zh: '夜间从几点算起' }),
    topic('3', 5, [2, 6, 2], { en: 'the last departures', zh: '末班船的时间' }),
    topic('3.2', 3, [1, 6, 2], { en: 'the last boat on other days', zh: '其他日的末班船' }),
    topic('3.3', 1, [6, 1, 2], { en: 'a later boat after concerts', zh: '音乐会后的晚班船' }),
    topic('4', 1.1, [5, 3, 1], { en: 'no ferry before half past five', zh: '五点半以前不开船' }),
    topic('5', 2.2, [6, 2, 3], { en: 'the distance from Lantern Shore', zh: '与灯岸的距离' }),
    topic('6', 5, [6, 3, 2], { en: 'the speed in the inner harbour', zh: '内港的航速' }),
    topic('7', 3.4, [7, 2, 3], { en: 'the limit of sound', zh: '声音的限值' }),
    topic('8', 3, [5, 3, 4], { en: 'horns at night', zh: '夜间鸣笛' }),
    topic('9', 1.6, [5, 2, 2], { en: 'loading after midnight', zh: '零时以后装卸' }),
    topic('10', 1.2, [7, 1, 1], { en: 'measuring where people live', zh: '在人们居住的地方测量' }),
    topic('11', 0.9, [6, 1, 2], { en: 'answers within three days', zh: '三日内答复' }),
    topic('12', 0.3, [3, 1, 2], { en: 'when the rules begin', zh: '规则何时施行' }),
  ],
}
