import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { listFinder } from '../../operations/listFinder';
import { equalsIgnoringCase, isSameCode } from '../../output/values';
import { toRecordId } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import type { SkuRecord } from './findSkus';
import { skusInProducts } from './findSkus';
import { byEan, skuLookup } from './sku';

/**
 * Returns the SKUs with an EAN. Takes IDs that GET /skus does not return from the product list.
 *
 * @param withProduct whether the IDs of product and variation are needed too
 * @throws NodeApiError if a request fails
 */
export const findSkusByEan = async (client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> =>
	await client.cached(`SKUs with EAN ${ean}`, async () => await readSkusByEan(client, ean, withProduct));

const isId = (value: unknown): boolean => toRecordId(value) !== undefined;

async function readSkusByEan(client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> {
	const products = await listFinder(client, skusInProducts);
	const known = await products.findKnown('ean', ean);
	if (known.length > 0) return known;
	const skus = await filterSkusByEan(client, ean);
	const [sku] = skus;
	if (!sku || skus.length > 1) return skus;
	products.remember('ean', ean, sku.product_id);
	if (isId(sku.sku_id) && (!withProduct || (isId(sku.product_id) && isId(sku.variation_id)))) return skus;
	const inProducts = await products.find('ean', ean, async () => true);
	const same = inProducts.filter(({ sku_id }) => !isId(sku.sku_id) || String(sku_id) === String(sku.sku_id));
	return same.length > 0 ? same : skus;
}

/** Returns the SKUs with an EAN, by the filter of the list. */
const filterSkusByEan = async (client: UphanceClient, ean: string): Promise<SkuRecord[]> =>
	(await findRecordsByEan(client, ean)).map(({ id, sku_number, ...sku }) => ({
		sku_id: id,
		product_id: sku.product_id,
		variation_id: sku.variation_id,
		product_name: sku.product_name,
		color: sku.color,
		size: sku.size,
		sku_number: String(sku_number ?? ''),
		ean,
	}));

/**
 * Returns the records of the list of SKUs with an EAN, by its filter. Whether they tell their EAN is not known
 * (docs/uphance.openapi.yaml: GET /skus). If not, the list of products has to confirm it: Uphance may ignore the filter.
 *
 * @throws NodeApiError if a request fails
 */
export async function findRecordsByEan(client: UphanceClient, ean: string): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const silent: IDataObject[] = [];
	for await (const page of paginate(client, skuLookup.recordType, { [byEan.filter]: toComparable(ean) })) {
		silent.push(...page.filter((record) => !(byEan.field in record)));
		found.push(...page.filter((record) => isSameCode(record[byEan.field], ean)));
	}
	if (silent.length === 0) return found;
	const inProducts = await (await listFinder(client, skusInProducts)).find('ean', toComparable(ean), async () => true);
	const confirmed = silent.filter((record) => inProducts.some((sku) => isSame(record, sku)));
	return [...found, ...confirmed];
}

const isSame = (record: IDataObject, sku: SkuRecord): boolean =>
	isId(record.id)
		? String(record.id) === String(sku.sku_id)
		: equalsIgnoringCase(record.product_name, sku.product_name) &&
			equalsIgnoringCase(record.color, sku.color) &&
			equalsIgnoringCase(record.size, sku.size);
