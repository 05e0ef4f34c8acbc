import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/lookup';
import { equalsIgnoringCase } from '../../output/values';
import type { RowMessages } from '../../parameters/rows';
import { readCell, requireCell } from '../../parameters/rows';
import type { UphanceClient } from '../../transport/client';
import { productLookup } from '../product/product';
import { ambiguousSkuError, skuIdUnknownError, skuNotFoundError, variantNotFoundError } from './errors';
import type { SkuBy } from './skuFields';
import type { SkuRecord } from './skuIndex';
import { extractSkus, fetchSkusByEan, loadSkuIndex } from './skuIndex';

/** The values of a row that identify its SKU. `index` is the position of the row, from 0. */
export type SkuReference = { index: number } & (
	| { by: 'ean'; ean: string }
	| { by: 'sku_number'; number: string }
	| { by: 'product_identifier'; style: string; color: string; size: string }
);

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

const isId = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

async function resolveOne(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord> {
	const [sku, ...others] = await findSkus(client, reference, messages, withProduct);
	if (!sku) throw skuNotFoundError(client, reference, messages);
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
			return await findByEan(client, reference.ean, withProduct);
		case 'sku_number':
			return (await loadSkuIndex(client)).byNumber.get(reference.number) ?? [];
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

/** Returns the SKUs with an EAN. Takes IDs that GET /skus does not return from the product list. */
async function findByEan(client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> {
	const skus = await fetchSkusByEan(client, ean);
	const [sku] = skus;
	if (!sku || skus.length > 1) return skus;
	if (isId(sku.sku_id) && (!withProduct || (isId(sku.product_id) && isId(sku.variation_id)))) return skus;
	const skuIndex = await loadSkuIndex(client);
	return (isId(sku.sku_id) ? skuIndex.byId.get(String(sku.sku_id)) : skuIndex.byEan.get(ean)) ?? skus;
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

/**
 * Returns the references in rows with a quantity other than 0. Other rows are not sent, so their SKUs are not looked up.
 *
 * @throws UserError that names the row, if a value that identifies the SKU is missing
 */
export const parseSkuReferences = (
	rows: unknown[],
	by: Exclude<SkuBy, 'sku_id'>,
	messages: RowMessages,
): SkuReference[] =>
	rows.flatMap((row, index) =>
		isDataObject(row) && hasQuantity(row) ? [parseSkuReference(row, by, index, messages)] : [],
	);

const hasQuantity = ({ quantity }: IDataObject): boolean => {
	const number = typeof quantity === 'string' && quantity.trim() !== '' ? Number(quantity) : quantity;
	return typeof number === 'number' && Number.isFinite(number) && number !== 0;
};

function parseSkuReference(
	row: IDataObject,
	by: Exclude<SkuBy, 'sku_id'>,
	index: number,
	messages: RowMessages,
): SkuReference {
	const cell = (name: string, label: string): string => requireCell(row, name, label, index + 1, messages);
	switch (by) {
		case 'ean':
			return { index, by, ean: cell('ean', 'EAN') };
		case 'sku_number':
			return { index, by, number: cell('sku_number', 'SKU Number') };
		case 'product_identifier': {
			// The form calls the column `color_name`; rows in JSON call it `color`, as Uphance does.
			const color = readCell(row, 'color_name', `'Color' in ${messages.row} ${index + 1}`);
			const style = cell('product_identifier', 'Product Identifier');
			return { index, by, style, color: color || cell('color', 'Color'), size: cell('size', 'Size') };
		}
	}
}
