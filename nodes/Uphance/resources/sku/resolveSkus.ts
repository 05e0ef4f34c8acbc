import type { IDataObject } from 'n8n-workflow';
import { findAll } from '../../operations/find';
import type { RowWords } from '../../parameters/rowCell';
import { sameText } from '../../output/sameText';
import type { Connection } from '../../transport/client';
import { oncePerValue } from '../../transport/oncePerValue';
import { isDataObject } from '../../transport/recordsIn';
import { product } from '../product/product';
import type { ListedSku } from './skuIndex';
import { listedSkus, skusIn } from './skuIndex';
import { refusedMissingSku, refusedSeveralSkus, refusedStyle, refusedWithoutId } from './errors';
import type { SkuBy } from './skuFields';
import type { WantedSku } from './wantedSkus';
import { wantedSkus } from './wantedSkus';
import { skusWithEan } from './skusWithEan';

/** The ids of a SKU as somebody would have typed them. */
const ids = ['product_id', 'variation_id', 'sku_id'] as const;

/**
 * Rows with the ids of the SKUs that they name otherwise, as if the ids had been typed.
 *
 * @param withProduct whether the ids of product and variation are wanted too
 * @throws UserError that names the row when there is no such SKU, or more than one; NodeApiError
 */
export async function identified(
	uphance: Connection,
	list: unknown[],
	by: Exclude<SkuBy, 'sku_id'>,
	words: RowWords,
	withProduct: boolean,
): Promise<unknown[]> {
	const rows = [...list];
	for (const wanted of wantedSkus(list, by, words)) {
		const row = rows[wanted.index];
		const sku = await onlyOne(uphance, wanted, words, withProduct);
		if (isDataObject(row)) rows[wanted.index] = withIds(row, sku);
	}
	return rows;
}

/** What a row says of ids itself may be those of a shop: they make way, also where nothing is known instead. */
const withIds = (row: IDataObject, sku: ListedSku): IDataObject => ({
	...row,
	...Object.fromEntries(ids.map((name) => [name, isId(sku[name]) ? sku[name] : ''])),
});

const isId = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

async function onlyOne(
	uphance: Connection,
	wanted: WantedSku,
	words: RowWords,
	withProduct: boolean,
): Promise<ListedSku> {
	const [sku, ...others] = await found(uphance, wanted, words, withProduct);
	if (!sku) throw refusedMissingSku(uphance, wanted, words);
	if (others.length > 0) throw refusedSeveralSkus([sku, ...others], wanted, words);
	if (!isId(sku.sku_id)) throw refusedWithoutId(wanted, words);
	return sku;
}

async function found(
	uphance: Connection,
	wanted: WantedSku,
	words: RowWords,
	withProduct: boolean,
): Promise<ListedSku[]> {
	switch (wanted.by) {
		case 'ean':
			return await withEan(uphance, wanted.ean, withProduct);
		case 'sku_number':
			return (await listedSkus(uphance)).byNumber.get(wanted.number) ?? [];
		case 'product_identifier': {
			const skus = await skusOfStyle(uphance, wanted.style);
			const hits = skus?.filter(({ color, size }) => sameText(color, wanted.color) && sameText(size, wanted.size));
			if (skus && hits?.length === 0) throw refusedStyle(uphance, skus, wanted, words);
			return hits ?? [];
		}
	}
}

/** Which ids the list of SKUs has is unknown (uphance-api.md 4.5): what is missing, the product list has. */
async function withEan(uphance: Connection, ean: string, withProduct: boolean): Promise<ListedSku[]> {
	const skus = await skusWithEan(uphance, ean);
	const [sku] = skus;
	if (!sku || skus.length > 1) return skus;
	if (isId(sku.sku_id) && (!withProduct || (isId(sku.product_id) && isId(sku.variation_id)))) return skus;
	const listed = await listedSkus(uphance);
	return (isId(sku.sku_id) ? listed.byId.get(String(sku.sku_id)) : listed.byEan.get(ean)) ?? skus;
}

/** The SKUs of all products with this identifier; undefined when there is no such product. */
const skusOfStyle = oncePerValue(async (uphance, identifier) => {
	const skus: ListedSku[] = [];
	let isKnown = false;
	const filter = { filter: 'filter[product_identifier]', field: 'product_identifier' };
	for await (const found of findAll(uphance, product.kind, filter, identifier)) {
		isKnown = true;
		skus.push(...skusIn(found));
	}
	return isKnown ? skus : undefined;
});
