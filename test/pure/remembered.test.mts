import { describe, expect, test } from '@jest/globals';
import { begin, confirm, forget, isDone, isUnderWay } from '../../nodes/Uphance/triggers/webhook/dedupe.ts';

const isRemembered = (key: string): boolean => isDone(key) || isUnderWay(key);

describe('A key', () => {
	test('is remembered from its beginning, and for good once its answer went out', () => {
		expect(isRemembered('a')).toBe(false);
		begin(['a']);
		expect(isRemembered('a')).toBe(true);
		confirm(['a']);
		forget(['a']); // as when the connection closes, after the answer
		expect(isRemembered('a')).toBe(true);
	});

	test('whose answer did not go out is forgotten', () => {
		begin(['b', 'c']);
		forget(['b']);
		expect(['b', 'c'].map(isRemembered)).toEqual([false, true]);
		forget(['c', 'never begun']);
		expect(isRemembered('c')).toBe(false);
	});

	test('may be confirmed twice', () => {
		begin(['d']);
		confirm(['d']);
		confirm(['d']);
		expect(isRemembered('d')).toBe(true);
	});
});

describe('The memory', () => {
	const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index}`);

	test('is bounded: the oldest are forgotten first, what is under way never', () => {
		begin(['under way']);
		begin(['oldest']);
		confirm(['oldest']);
		const keys = many('key', 50_000);
		for (const key of keys) {
			begin([key]);
			confirm([key]);
		}
		const held = keys.filter(isRemembered);
		expect(held.length).toBeGreaterThanOrEqual(1_000);
		expect(held.length).toBeLessThan(50_000);
		expect(held).toEqual(keys.slice(-held.length));
		expect(isRemembered('oldest')).toBe(false);
		expect(isRemembered('under way')).toBe(true);
	});

	test('counts a key from when it was confirmed, not from when it began', () => {
		begin(['slow']);
		for (const key of many('quick', 30_000)) {
			begin([key]);
			confirm([key]);
		}
		confirm(['slow']);
		for (const key of many('next', 500)) {
			begin([key]);
			confirm([key]);
		}
		expect(isRemembered('slow')).toBe(true);
	});

	test('stays quick when it is full', () => {
		const started = performance.now();
		for (const key of many('rush', 30_000)) {
			begin([key]);
			confirm([key]);
		}
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
