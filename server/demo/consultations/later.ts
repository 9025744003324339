import { topic, type Subject } from './subject.ts'

/* What is asked when the drafts of the founding have closed; invented as they are. */

const rooms = {
  en: `## Chapter 1. Rented rooms
### Article 1. Size
A room that is let to one person has at least seven square metres and a window that opens.
### Article 2. Deposit
A deposit is one month’s rent at most, and is paid back within fourteen days.
### Article 3. Repairs
Who lets a room mends heating, water and locks within three days of being told.
## Chapter 2. Empty houses
### Article 4. Register
A house that stands empty for a year is entered in a public register.
### Article 5. Charge
From the second year on its owner pays a charge, which is spent on repairs in the same street.
### Article 6. Inspection
Housing Standards may look at a house once a year, on a day that it names before.`,
  zh: `## 第一章 出租房
第一条 租给一人的房间不得小于七平方米，并有可以打开的窗户。
第二条 押金不超过一个月租金，应当在十四日内退还。
第三条 出租人在接到通知后三日内修理暖气、水管和门锁。
## 第二章 空置房
第四条 房屋空置满一年的，记入公开登记册。
第五条 自第二年起，业主缴纳空置费，用于同一条街的修缮。
第六条 住房标准处每年可以查看房屋一次，日期应当事先告知。`,
}

const roomsSecond = {
  en: rooms.en
    .replace(
      'one month’s rent at most',
      'one month’s rent at most, in two parts if that is asked for',
    )
    .replace(
      'within three days of being told',
      'within three days of being told, heating within one',
    ),
  zh: rooms.zh
    .replace('不超过一个月租金，', '不超过一个月租金，可以分两次交付，')
    .replace('修理暖气、水管和门锁', '修理水管和门锁，一日内修理暖气'),
}

const roomsAdopted = {
  en: roomsSecond.en.replace('within fourteen days', 'within seven days'),
  zh: roomsSecond.zh.replace('十四日内退还', '七日内退还'),
}

const roomsLetter = {
  en: 'Fourteen days are too long to wait for a deposit. Who moves must pay the next one on the first day. Seven days are enough to look at a room and to count the keys.',
  zh: '押金等十四天太久了。搬家的人第一天就要交下一笔押金。看一遍房间、点一遍钥匙，七天足够。',
}

/** Opens a week after the founding; a letter on deposits fills it. */
export const rentedRooms: Subject = {
  code: 'rented-rooms',
  agency: 'housing',
  titles: { en: 'Rented rooms and empty houses', zh: '出租房与空置房规定' },
  summaries: {
    en: 'What a room to let must have, when a deposit is paid back, and what an empty house costs its owner.',
    zh: '出租房应当具备什么、押金何时退还，以及空置房的业主要付多少。',
  },
  opened: -7,
  open: 45,
  again: 60,
  every: 60,
  drafts: [
    { day: 0, texts: rooms },
    { day: 5, texts: roomsSecond },
    { day: 52, texts: roomsAdopted },
  ],
  letter: { texts: roomsLetter, provision: '2', day: 3 },
  outcome: { day: 9, laws: { en: 'Rooms and Houses Ordinance', zh: '房屋出租与空置条例' } },
  topics: [
    topic('', 2, [6, 3, 3], { en: 'rules for those who rent', zh: '租房规则' }),
    topic('1', 3, [7, 2, 3], { en: 'the size of a room', zh: '房间的大小' }),
    topic('2', 6, [4, 3, 6], { en: 'the time for a deposit', zh: '退还押金的期限' }),
    topic('3', 4, [8, 1, 4], { en: 'repairs within three days', zh: '三日内修理' }),
    topic('4', 2, [5, 3, 2], { en: 'the register of empty houses', zh: '空置房登记' }),
    topic('5', 4, [5, 6, 3], { en: 'the charge on empty houses', zh: '空置费' }),
    topic('6', 1.5, [3, 4, 3], { en: 'the yearly inspection', zh: '每年查看一次' }),
  ],
}

const bathing = {
  en: `Article 1. Where
Bathing is free at the Old Quay steps, at Gullwing Point and on the inner side of the lock.
Article 2. When
It is free from sunrise to sunset, and not while a ferry lands.
Article 3. Water
The water is tested every Monday, and what was found is written at the steps on the same day.
Article 4. Boats
Boats keep fifty metres from whoever swims.`,
  zh: `第一条 旧埠台阶、鸥翼角和船闸内侧可以免费游泳。
第二条 游泳时间为日出至日落，渡轮靠岸时除外。
第三条 每周一检测水质，当天在台阶旁公布结果。
第四条 船只与游泳者保持五十米距离。`,
}

const bathingAdopted = {
  en: bathing.en.replace('every Monday', 'every Monday and Friday'),
  zh: bathing.zh.replace('每周一检测', '每周一和周五检测'),
}

/** Opens three weeks after the founding. */
export const harbourBathing: Subject = {
  code: 'harbour-bathing',
  agency: 'parks',
  titles: { en: 'Bathing in the harbour', zh: '港湾游泳办法' },
  summaries: {
    en: 'Where one may swim from the steps, at what hours, and how clean the water must be.',
    zh: '可以在哪些台阶下水、几点到几点，以及水要多干净。',
  },
  opened: -22,
  open: 34,
  again: 60,
  every: 60,
  drafts: [
    { day: 0, texts: bathing },
    { day: 44, texts: bathingAdopted },
  ],
  outcome: { day: 12, laws: { en: 'Harbour Bathing Ordinance', zh: '港湾游泳条例' } },
  topics: [
    topic('', 2, [8, 2, 1], { en: 'swimming in the harbour', zh: '在港湾游泳' }),
    topic('1', 4, [6, 2, 4], { en: 'the choice of steps', zh: '台阶的选择' }),
    topic('2', 3, [3, 3, 5], { en: 'the hours of bathing', zh: '游泳时间' }),
    topic('3', 5, [6, 1, 5], { en: 'testing the water', zh: '水质检测' }),
    topic('4', 2, [6, 3, 2], { en: 'the distance of boats', zh: '船只的距离' }),
  ],
}
