// Which options the program under test has: tests of a newer one say so and are skipped.
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { program } from './lib.mjs';

const help = execFileSync(program, ['--help'], { encoding: 'utf8', timeout: 10_000 });

export const hasOption = (name) => new RegExp(`^\\s*${name}\\b`, 'm').test(help);

/** For `test(name, { skip }, …)`: false, or the reason. */
export const unlessOption = (name) => (hasOption(name) ? false : `this program has no ${name}`);
