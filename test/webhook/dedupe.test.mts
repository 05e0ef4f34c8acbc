import { describe, expect, test } from '@jest/globals';
import { claim, commit, release, isDuplicate, isInProgress } from '../../nodes/Uphance/triggers/webhook/dedupe.ts';

const isRemembered = (key: string): boolean => isDuplicate(key) || isInProgress(key);

describe('A key', () => {
	test('is remembered from its beginning, and for good once its answer went out', () => {
		expect(isRemembered('a')).toBe(false);
		claim(['a']);
		expect(isRemembered('a')).toBe(true);
		commit(['a']);
		release(['a']); // as when the connection closes, after the answer
		expect(isRemembered('a')).toBe(true);
	});

	test('whose answer did not go out is forgotten', () => {
		claim(['b', 'c']);
		release(['b']);
		expect(['b', 'c'].map(isRemembered)).toEqual([false, true]);
		release(['c', 'never begun']);
		expect(isRemembered('c')).toBe(false);
	});

	test('may be confirmed twice', () => {
		claim(['d']);
		commit(['d']);
		commit(['d']);
		expect(isRemembered('d')).toBe(true);
	});
});

describe('The memory', () => {
	const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index}`);

	test('is bounded: the oldest are forgotten first, what is under way never', () => {
		claim(['under way']);
		claim(['oldest']);
		commit(['oldest']);
		const keys = many('key', 50_000);
		for (const key of keys) {
			claim([key]);
			commit([key]);
		}
		const held = keys.filter(isRemembered);
		expect(held.length).toBeGreaterThanOrEqual(1_000);
		expect(held.length).toBeLessThan(50_000);
		expect(held).toEqual(keys.slice(-held.length));
		expect(isRemembered('oldest')).toBe(false);
		expect(isRemembered('under way')).toBe(true);
	});

	test('counts a key from when it was confirmed, not from when it began', () => {
		claim(['slow']);
		for (const key of many('quick', 30_000)) {
			claim([key]);
			commit([key]);
		}
		commit(['slow']);
		for (const key of many('next', 500)) {
			claim([key]);
			commit([key]);
		}
		expect(isRemembered('slow')).toBe(true);
	});

	test('stays quick when it is full', () => {
		const started = performance.now();
		for (const key of many('rush', 30_000)) {
			claim([key]);
			commit([key]);
		}
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
