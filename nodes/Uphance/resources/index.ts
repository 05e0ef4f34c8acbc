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

/** The Resource menu, by name. */
export const resources: Resource[] = [
	accessToken,
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
	order,
	season,
	sku,
	stockOperation,
	vendorInvoice,
];

const mergeMethods = <T>(each: Array<Record<string, T> | undefined>): Record<string, T> =>
	Object.fromEntries(each.flatMap((named) => Object.entries(named ?? {})));

/** What fields of any resource list and search, by the names they refer to. */
export const methods = {
	listSearch: mergeMethods(resources.map(({ listSearch }) => listSearch)),
	loadOptions: mergeMethods(resources.map(({ loadOptions }) => loadOptions)),
};
