import { describe, expect, test } from '@jest/globals';
import { memoryHint } from '../../nodes/Uphance/operations/listHints.ts';

const size = { items: 0, areFullRecords: false, hasRows: true, hasFilters: true, supportsSinceId: true };

describe('A hint on memory', () => {
	test.each([
		[{ items: 10_001, areFullRecords: true }, /^n8n holds all 10,001 items in memory/],
		[{ items: 50_001 }, /^n8n holds all 50,001 items in memory/],
	])('appears with %j', (values, hint) => {
		expect(memoryHint({ ...size, ...values })).toMatch(hint);
	});

	test.each([{ items: 10_000, areFullRecords: true }, { items: 50_000 }, { items: 10_001 }])(
		'does not appear with %j',
		(values) => expect(memoryHint({ ...size, ...values })).toBeUndefined(),
	);

	test('names only what the list has', () => {
		const hint = memoryHint({ ...size, items: 60_000, hasRows: false, supportsSinceId: false });
		expect(hint).toBe("n8n holds all 60,000 items in memory. To use less memory, use 'Filters'.");
	});

	test('does not appear where nothing takes less memory', () => {
		expect(memoryHint({ ...size, items: 60_000, hasFilters: false, supportsSinceId: false })).toBeUndefined();
	});
});
