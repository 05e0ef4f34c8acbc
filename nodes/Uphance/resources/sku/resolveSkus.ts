import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/find';
import { equalsIgnoringCase } from '../../output/values';
import type { RowMessages } from '../../parameters/cells';
import type { UphanceClient } from '../../transport/client';
import { productLookup } from '../product/product';
import { ambiguousSkuError, skuIdUnknownError, skuNotFoundError, variantNotFoundError } from './errors';
import type { SkuRecord } from './findSkus';
import { extractSkus, findSkusByEan, findSkusByNumber, isId } from './findSkus';
import type { SkuBy } from './skuFields';
import { parseSkuReferences } from './skuReference';
import type { SkuReference } from './skuReference';

/**
 * Returns the rows with the IDs of their SKUs, as if the user had entered the IDs.
 *
 * @param withProduct whether the IDs of product and variation are needed too
 * @throws UserError that names the row, if no SKU or several SKUs match; NodeApiError if a request fails
 */
export async function resolveSkuIds(
	client: UphanceClient,
	list: unknown[],
	by: Exclude<SkuBy, 'sku_id'>,
	messages: RowMessages,
	withProduct: boolean,
): Promise<unknown[]> {
	const rows = [...list];
	for (const reference of parseSkuReferences(list, by, messages)) {
		const row = rows[reference.index];
		const sku = await resolveOne(client, reference, messages, withProduct);
		if (isDataObject(row)) rows[reference.index] = setIds(row, sku);
	}
	return rows;
}

const idNames = ['product_id', 'variation_id', 'sku_id'] as const;

/** Returns the row with the IDs of a SKU, '' for unknown ones. Overwrites IDs in the row: they may be those of a shop. */
const setIds = (row: IDataObject, sku: SkuRecord): IDataObject => ({
	...row,
	...Object.fromEntries(idNames.map((name) => [name, isId(sku[name]) ? sku[name] : ''])),
});

async function resolveOne(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord> {
	const [sku, ...others] = await findSkus(client, reference, messages, withProduct);
	if (!sku) throw await skuNotFoundError(client, reference, messages);
	if (others.length > 0) throw ambiguousSkuError([sku, ...others], reference, messages);
	if (!isId(sku.sku_id)) throw skuIdUnknownError(reference, messages);
	return sku;
}

async function findSkus(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord[]> {
	switch (reference.by) {
		case 'ean':
			return await findSkusByEan(client, reference.ean, withProduct);
		case 'sku_number':
			return await findSkusByNumber(client, reference.number);
		case 'product_identifier': {
			const skus = await fetchSkusByStyle(client, reference.style);
			const matches = skus?.filter(
				({ color, size }) => equalsIgnoringCase(color, reference.color) && equalsIgnoringCase(size, reference.size),
			);
			if (skus && matches?.length === 0) throw variantNotFoundError(client, skus, reference, messages);
			return matches ?? [];
		}
	}
}

/** Returns the SKUs of all products with an identifier, or undefined if there is no such product. */
async function fetchSkusByStyle(client: UphanceClient, identifier: string): Promise<SkuRecord[] | undefined> {
	return await client.cached(`skus of style ${identifier}`, async () => {
		const skus: SkuRecord[] = [];
		let isKnown = false;
		const filter = { filter: 'filter[product_identifier]', field: 'product_identifier' };
		for await (const product of findByField(client, productLookup.recordType, filter, identifier)) {
			isKnown = true;
			skus.push(...extractSkus(product));
		}
		return isKnown ? skus : undefined;
	});
}
