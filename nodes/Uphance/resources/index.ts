import type { Resource } from '../operations/operation';
import { accessToken } from './accessToken';
import { channel } from './channel';
import { creditNote } from './creditNote';
import { customer } from './customer';
import { invoice } from './invoice';
import { order } from './order';
import { organisation } from './organisation';
import { payment } from './payment';
import { pickTicket } from './pickTicket';
import { product } from './product';
import { productionOrder } from './productionOrder';
import { receivingTicket } from './receivingTicket';
import { returned } from './return';
import { season } from './season';
import { sku } from './sku';
import { stockOperation } from './stockOperation';
import { vendorInvoice } from './vendorInvoice';

/**
 * The resources in the order of the Resource menu, which is also that of n8n's list of actions and of README: first what
 * most people come for, last what hardly anybody needs, between them sorted by display name.
 */
export const resources: Resource[] = [
	order,
	channel,
	creditNote,
	customer,
	invoice,
	organisation,
	payment,
	pickTicket,
	product,
	productionOrder,
	receivingTicket,
	returned,
	season,
	sku,
	stockOperation,
	vendorInvoice,
	accessToken,
];

const mergeMethods = <T>(records: Array<Record<string, T> | undefined>): Record<string, T> =>
	Object.fromEntries(records.flatMap((record) => Object.entries(record ?? {})));

/** The methods of all resources by name. Fields refer to them in `searchListMethod` and `loadOptionsMethod`. */
export const methods = {
	listSearch: mergeMethods(resources.map(({ listSearch }) => listSearch)),
	loadOptions: mergeMethods(resources.map(({ loadOptions }) => loadOptions)),
};
