import { describe, expect, test } from '@jest/globals';
import { demo } from '../../sandbox/uphance/uphance.mts';
import type { Change, Item } from './changedAnswers.mts';
import type { Result } from './standIn.mts';
import { checkStandIn } from './standIn.mts';

/** Every value in what the check was sent, but for those that it may say: words of statuses, and sizes below 1000. */
class Values {
	readonly all = new Set<string>();

	add(value: unknown, key = ''): void {
		if (Array.isArray(value)) value.forEach((each) => this.add(each, key));
		else if (typeof value === 'object' && value !== null) {
			for (const [name, each] of Object.entries(value)) this.add(each, name);
		} else if (
			!/status$|^(invoice_method|invoice_type|tax_calc_method|company_type|parent_type|order_source)$/.test(key)
		) {
			const text = String(value ?? '').trim();
			if (text.length >= 4 && !['true', 'false', 'number', 'Uphance'].includes(text)) this.all.add(text);
		}
	}

	/** Those that a text holds. */
	in(text: string): string[] {
		return [...this.all].filter((value) => text.includes(value));
	}
}

async function searched(
	change: (record: Item, index: number) => Item = (record) => record,
): Promise<Result & { leaks: string[]; count: number }> {
	const values = new Values();
	const collect: Change = (_request, body) => {
		if (!body) return undefined;
		const changed = Object.fromEntries(
			Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? value.map(change) : value]),
		);
		values.add(changed);
		return { body: changed };
	};
	const result = await checkStandIn({ change: collect });
	values.add([demo.email, demo.password, ...result.uphance.secrets()]);
	return { ...result, leaks: values.in(`${result.json}\n${result.screen}`), count: values.all.size };
}

describe('Neither the report nor the screen has a value of the account', () => {
	test('of the stand-in', async () => {
		const { leaks, count } = await searched();
		expect(count).toBeGreaterThan(5_000);
		expect(leaks).toEqual([]);
	});

	test('whose names, prices and IDs stand where nobody expects them', async () => {
		const { leaks, json } = await searched((record, index) => ({
			...record,
			status:
				index % 3 === 0 ? String(record.customer_name ?? record.company_name ?? 'Zanzibar Quokka') : record.status,
			fulfillment_status: 'jane.roe@zanzibar.example',
			financial_status: 'order 99887766 of Zanzibar',
			currency: { 'Zanzibar Quokka': '99887.66' },
			organisation_id: 998877665544,
			'Zanzibar Quokka': 'zanzibar',
			zanzibar_99887766: '998877665544332211',
			quokka: 'Quokka',
			stock_by_warehouse: { 'Zanzibar Pier': 99887766, 998877665544: 1 },
			invoice_numbers: '99887766 Zanzibar 99887767',
			created_at: '99887766-Zanzibar',
		}));
		expect(leaks).toEqual([]);
		expect(json).not.toMatch(/zanzibar|quokka|roe|9988/i);
		expect(json).toContain('stock_by_warehouse (object)');
	});

	test('even where an answer is a text, or an error that repeats what was asked', async () => {
		const { json, screen } = await checkStandIn({
			change: ({ path }) => (/^\/(products|seasons)/.test(path) ? { body: 'Zanzibar Quokka 99887766' } : undefined),
		});
		expect(`${json}${screen}`).not.toMatch(/zanzibar|quokka|9988/i);
	});

	test('and the search finds one that is there', () => {
		const values = new Values();
		values.add({ customers: [{ name: 'Barneys', status: 'shipped', id: 55140 }] });
		expect(values.in('order of Barneys, shipped, 55140')).toEqual(['Barneys', '55140']);
	});
});
