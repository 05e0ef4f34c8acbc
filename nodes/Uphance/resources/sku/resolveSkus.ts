import type { IExecuteFunctions } from 'n8n-workflow';
import { findByField } from '../../operations/find';
import { showHintOnce } from '../../output/output';
import { equalsIgnoringCase } from '../../output/values';
import type { RowMessages } from '../../parameters/cells';
import { toRecordId } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { byProductIdentifier, productLookup } from '../product/product';
import { ambiguousSkuError, skuIdUnknownError, skuNotFoundError, variantNotFoundError } from './errors';
import type { SkuRecord } from './findSkus';
import { extractSkus, findSkusById, findSkusByNumber } from './findSkus';
import { findSkusByEan } from './findSkusByEan';
import { identifiers } from './skuReference';
import type { SkuReference } from './skuReference';

/** The IDs of a SKU. Those of product and variation are undefined if Uphance does not return them. */
export interface SkuIds {
	sku_id: number;
	product_id?: number;
	variation_id?: number;
}

/**
 * Returns the IDs of the SKUs of rows, in their order. A SKU ID is looked up too: which reaction of Uphance to an unknown one is
 * right nobody knows (docs/design.md: look-ups without a filter).
 *
 * @param withProduct whether the IDs of product and variation are needed too
 * @throws UserError that names the row, if no SKU or several SKUs match; NodeApiError if a request fails
 */
export async function resolveSkus(
	context: IExecuteFunctions,
	client: UphanceClient,
	references: SkuReference[],
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuIds[]> {
	const several = references.find(({ unused }) => unused.length > 0);
	if (several) await showHintOnce(context, client, 'hint: several values', severalValuesHint(several));
	const skus: SkuIds[] = [];
	for (const reference of references) skus.push(await resolveOne(client, reference, messages, withProduct));
	return skus;
}

const severalValuesHint = ({ by, unused }: SkuReference): string =>
	`Rows have more than one value that identifies a SKU, such as ${[by, ...unused].join(' and ')}. The first of ${identifiers.join(', ')} counts.`;

async function resolveOne(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuIds> {
	const [sku, ...others] = await findSkus(client, reference, messages, withProduct);
	if (!sku) throw await skuNotFoundError(client, reference, messages);
	if (others.length > 0) throw ambiguousSkuError([sku, ...others], reference, messages);
	const sku_id = toRecordId(sku.sku_id);
	if (sku_id === undefined) throw skuIdUnknownError(reference, messages);
	return { sku_id, product_id: toRecordId(sku.product_id), variation_id: toRecordId(sku.variation_id) };
}

async function findSkus(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord[]> {
	switch (reference.by) {
		case 'sku_id':
			return await findSkusById(client, reference.id);
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
		for await (const product of findByField(client, productLookup.recordType, byProductIdentifier, identifier)) {
			isKnown = true;
			skus.push(...extractSkus(product));
		}
		return isKnown ? skus : undefined;
	});
}
