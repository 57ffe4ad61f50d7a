// What happens in a picture: who is there and what they say. The same play in two languages.
// SPDX-License-Identifier: GPL-3.0-or-later

/** Marsaglia's xorshift, 0 ≤ n < 1: the same afternoon every time. */
export function randomFrom(seed) {
  return () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
  };
}

const english = {
  topics: { chat: '/chat', orders: '/orders', prices: '/prices', camera: '/camera/door' },
  people: [['Anna', 'iphone'], ['Jonas', 'chrome'], ['李雷', 'android'], ['Mireille', 'firefox']],
  names: {
    camera: 'door camera', office: 'back office', recorder: 'recorder', kitchen: 'kitchen display',
    walls: ['wall 1', 'wall 2'], tills: ['till 1', 'till 2'], reception: 'reception',
    bar: 'bar display', visitor: 'visitor',
  },
  customers: ['A. Meyer', 'J. Okafor', 'S. Lindqvist', '王芳', 'M. Dubois', 'R. Castellanos'],
  goods: [['Flat white', 3.4], ['Oat cortado', 3.6], ['Croissant', 2.2], ['Bagel', 4.1], ['Filter', 2.9]],
  priced: { espresso: 2.1, beans: 17.4, milk: 1.29 },
  paid: ['card', 'cash'],
  lines: ['is table 7 free?', 'yes, since 10 minutes', 'two more for the terrace please', '好的，马上到',
    'the new menu is on the wall now', 'merci !', 'who has the key to the cellar?', 'me, coming up',
    'card reader is back 🙂', 'closing the kitchen at ten'],
  draft: '',
  draftBegin: 'Last orders, please: the kitchen closes at ten.',
  lastOrder: {
    order: 1058, customer: 'S. Lindqvist', table: 7,
    items: [{ name: 'Flat white', quantity: 2, price: 3.4 }, { name: 'Croissant', quantity: 1, price: 2.2 }],
    total: 9,
  },
  project: {
    pushdeck: 1,
    messages: [
      { name: 'open table', key: 'F1', to: '/orders', event: 'order.created', format: 'json',
        text: ['{"order":{{seq}},"table":{{random 1 12}},', ' "at":"{{now}}","id":"{{uuid}}"}'] },
      { name: 'price tick', key: 'F2', to: '/prices', event: 'tick', format: 'json',
        text: '{"name":"espresso","price":{{random 2 4}}}' },
      { name: 'last orders', key: 'F4', to: 'all', format: 'text',
        text: 'Last orders, please: the kitchen closes at ten.' },
      { name: 'bad JSON', folder: 'Trouble', key: 'F7', to: '/orders', format: 'json', text: '{"order":' },
      { name: 'refund', folder: 'Trouble', to: '/orders', event: 'order.refunded', format: 'json',
        text: '{"order":1042,"reason":"cold"}' },
    ],
  },
};

const chinese = {
  topics: { chat: '/聊天', orders: '/订单', prices: '/价格', camera: '/摄像头/门口' },
  people: [['王芳', 'iphone'], ['李雷', 'android'], ['韩梅梅', 'chrome'], ['张伟', 'firefox']],
  names: {
    camera: '门口摄像头', office: '后台', recorder: '记录器', kitchen: '厨房大屏',
    walls: ['一号墙', '二号墙'], tills: ['一号收银台', '二号收银台'], reception: '前台',
    bar: '吧台大屏', visitor: '访客',
  },
  customers: ['陈静', '刘洋', '赵敏', '孙丽', '周杰', '吴磊'],
  goods: [['拿铁', 28], ['燕麦拿铁', 32], ['可颂', 18], ['贝果', 22], ['手冲咖啡', 35]],
  priced: { 浓缩咖啡: 18, 咖啡豆: 128, 牛奶: 12.8 },
  paid: ['刷卡', '现金'],
  lines: ['七号桌有空吗？', '有，十分钟前空出来的', '露台再加两份，谢谢', '好的，马上到', '新菜单已经上墙了',
    '谢谢！', '谁有地下室的钥匙？', '我有，这就上来', '刷卡机恢复了 🙂', '厨房十点关门'],
  draft: '最后点单：厨房十点关门。', // from the settings: keys of Chinese are not to be had everywhere
  draftBegin: '',
  lastOrder: {
    订单: 1058, 顾客: '刘洋', 桌号: 7,
    商品: [{ 名称: '拿铁', 数量: 2, 价格: 28 }, { 名称: '可颂', 数量: 1, 价格: 18 }], 合计: 74,
  },
  project: {
    pushdeck: 1,
    messages: [
      { name: '开台', key: 'F1', to: '/订单', event: 'order.created', format: 'json',
        text: '{"订单":{{seq}},"桌号":{{random 1 12}}}' },
      { name: '最后点单', key: 'F2', to: 'all', format: 'text', text: '最后点单：厨房十点关门。' },
    ],
  },
};

export const scripts = { en: english, zh_CN: chinese };

// What follows what; prices move the most, as they do.
const order = ['price', 'order', 'price', 'say', 'price', 'price', 'paid', 'price', 'say', 'camera', 'price',
  'order', 'price', 'price', 'say', 'paid', 'price', 'price', 'say', 'price'];

/** Without end: one thing after the other that happens, `{ by, … }`. */
export function* afternoon(script) {
  const random = randomFrom(20240229);
  const upTo = (n) => Math.floor(random() * n);
  const pick = (list) => list[upTo(list.length)];
  const prices = { ...script.priced };
  const open = [];
  let number = 1041;
  let said = 0;
  for (let n = 0; ; n = (n + 1) % order.length) {
    if (order[n] === 'price') {
      const name = pick(Object.keys(prices));
      prices[name] = Number((prices[name] * (0.98 + random() * 0.04)).toFixed(2));
      yield { to: script.topics.prices, event: 'tick', json: { name, price: prices[name] } };
    } else if (order[n] === 'order') {
      const items = Array.from({ length: 1 + upTo(3) }, () => {
        const [name, price] = pick(script.goods);
        return { name, quantity: 1 + upTo(2), price };
      });
      const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
      open.push(number += 1);
      yield { to: script.topics.orders, event: 'order.created',
        json: { order: number, customer: pick(script.customers), items, total: Number(total.toFixed(2)) } };
    } else if (order[n] === 'paid') {
      yield { to: script.topics.orders, event: 'order.paid',
        json: { order: open.shift(), method: pick(script.paid) } };
    } else if (order[n] === 'say') {
      yield { by: script.people[said % script.people.length][0],
        data: script.lines[said++ % script.lines.length] };
    } else {
      yield { by: script.names.camera,
        data: Buffer.from(Array.from({ length: 2048 + upTo(6000) }, () => upTo(256))) };
    }
  }
}

/** Deep enough to be folded. */
export const deepOrder = {
  order: 1060,
  customer: { name: 'S. Lindqvist', table: 7, loyalty: { card: '4412-0093', points: 318, since: '2023-11-02' } },
  items: [
    { name: 'Flat white', quantity: 2, price: 3.4, options: { milk: 'oat', size: 'large', shots: 2 } },
    { name: 'Croissant', quantity: 1, price: 2.2, options: { warm: true, filling: null } },
    { name: 'Bagel', quantity: 1, price: 4.1, options: { filling: ['salmon', 'dill', 'cream cheese'], toasted: true } },
  ],
  payment: { method: 'card', total: 13.1, tip: 1.5, authorised: true, terminal: { id: 'till-2', firmware: '5.1.7' } },
  note: 'Allergic to nuts. Die Rechnung bitte getrennt. 谢谢！',
};
