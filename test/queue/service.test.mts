import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { runProgram, startService } from './service.mts';

const folder = tmpdir();

test('a program that is missing is said with what to install', async () => {
	const advice = /no-such-program is missing.*apt-get install postgresql redis-server/;
	await expect(runProgram({ command: 'no-such-program', args: [], folder })).rejects.toThrow(advice);
	await expect(startService({ command: 'no-such-program', args: [], folder }, 0)).rejects.toThrow(advice);
});

test('a program that does not start is said with its own words', async () => {
	const broken = { command: 'node', args: ['-e', 'console.log("cannot, because"); process.exit(2)'], folder };
	await expect(startService(broken, 0)).rejects.toThrow('cannot, because');
});
