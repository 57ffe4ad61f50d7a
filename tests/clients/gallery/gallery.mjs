// Pictures of the real window at work: a screen without a monitor, the real program, real clients.
//   node gallery.mjs FOLDER [NAME…]     NAME: a performance of those below, all by default
// Needs a network namespace of its own; ./dev screenshot makes one.
// SPDX-License-Identifier: GPL-3.0-or-later

import fs from 'node:fs';
import path from 'node:path';
import { makeCast } from './cast.mjs';
import { clientAddress, layCable } from './network.mjs';
import * as scenes from './scenes.mjs';
import { scripts } from './script.mjs';
import { openStage, server } from './stage.mjs';

// One run of the program each: what it is launched with, and the scenes one after the other.
const performances = {
  light: {
    theme: 'light',
    scenes: ['empty', 'busy', 'filtered', 'details', 'saved', 'inspector', 'deliveries', 'palette', 'qr',
      'preferences', 'charts'],
  },
  dark: { theme: 'dark', scenes: ['empty', 'busy'] },
  double: { theme: 'light', scale: 2, scenes: ['busy'] },
  chinese: { theme: 'light', language: 'zh_CN', scenes: ['busy'] },
  flood: { theme: 'light', scenes: ['flood'] },
};

const [folder, ...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !performances[name]);
if (!folder || unknown.length) {
  console.error(`usage: gallery.mjs FOLDER [${Object.keys(performances).join('|')}]…`);
  process.exit(2);
}

async function perform(name, cable) {
  const { theme, scale, language = 'en', scenes: names } = performances[name];
  const script = scripts[language];
  const stage = await openStage(cable, {
    scale, project: script.project,
    settings: { window: { theme, language }, composer: { text: script.draft } },
  });
  const cast = makeCast(server, clientAddress);
  const play = cast.rehearse(script);
  try {
    for (const scene of names) {
      const take = (what, png) => {
        const file = `${what}-${language !== 'en' ? language : scale ? `${scale * 100}` : theme}.png`;
        fs.writeFileSync(path.join(folder, file), png);
        console.log(file);
      };
      await scenes[scene]({ stage, take, cast, language, play });
    }
  } finally {
    cast.dismiss();
    await stage.close();
  }
}

fs.mkdirSync(folder, { recursive: true });
const cable = await layCable();
for (const name of wanted.length ? wanted : Object.keys(performances)) await perform(name, cable);
cable.cut();
console.log(`the pictures are in ${folder}`);
process.exit(0); // streams of a stopped server may still be waiting
