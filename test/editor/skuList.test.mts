import { describe, expect, test } from '@jest/globals';
import type { INodeListSearchItems } from 'n8n-workflow';
import { listSearch } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ uphance: { styles: 201 }, signedIn: true });

const search = async (filter?: string, token?: string) =>
	await listSearch(world.credential, 'searchSkusInProducts', filter, token);

/** Everything that the editor gets when the user scrolls on to the end. */
async function all(filter?: string): Promise<INodeListSearchItems[]> {
	const results: INodeListSearchItems[] = [];
	for (let token: string | undefined = ''; token !== undefined; ) {
		const found = await search(filter, token || undefined);
		expect(found.results.length).toBeLessThanOrEqual(200);
		results.push(...found.results);
		token = found.paginationToken as string | undefined;
	}
	return results;
}

describe('The list of SKUs of a row', () => {
	test('has each SKU once, by its ID, the newest style first, 200 at a time', async () => {
		const values = (await all()).map(({ value }) => value);
		expect(values.length).toBeGreaterThan(2000);
		expect(new Set(values).size).toBe(values.length);
		expect(values).toContain(640901);
		expect(Number(values[0])).toBeGreaterThan(4_000_000);
		expect(values.at(-1)).toBeLessThan(800_000);
	});

	test.each(['aam-red-s', '5000006409017', 'aamira red s', '640901'])('finds one by %s', async (typed) => {
		const [first] = await all(typed);
		expect(first).toEqual({ name: 'Aamira RED S · AW24-AAM-RED-S · 5000006409017', value: 640901 });
	});

	test('finds all of a style by its product identifier', async () => {
		expect(await all('AW24-AAM')).toHaveLength(10);
	});

	test('of the first 200 takes two requests: the first page of products, and the last', async () => {
		expect((await search()).results.length).toBeGreaterThan(5);
		expect(world.asked()).toEqual(['GET /products', 'GET /products page=3']);
	});
});
