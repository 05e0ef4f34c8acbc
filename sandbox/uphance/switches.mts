/** Switches for unknown facts about Uphance; see `docs/api.md`. The defaults are the most likely values. */
export interface Switches {
	/** Whether Uphance stores the current organisation per user or per token. */
	organisationState: 'user' | 'token';
	/** Response if no organisation was set. 'empty': lists are empty, a single record is 404, a new record is 422. */
	withoutOrganisation: 'empty' | 'forbidden';
	/** What `organisation_id` of a record is: the id in GET /organisations, one other number, or another for each record. */
	organisationId: 'organisation' | 'other' | 'record';
	/** Status of a failed sign-in: 400 from newer versions of Doorkeeper, 401 from older ones. */
	refusedSignIn: 400 | 401;
	/** Whether a refresh token can be used only once. */
	refreshRotates: boolean;
	/** Type of order numbers: numbers in Uphance's help page of 2019, text in that of 2026. */
	orderNumber: 'text' | 'number';
	/** Ending of timestamps; both occur. */
	timestamps: 'Z' | '+00:00';
	/**
	 * Whether every change of a record sets `updated_at`, or only a change of the record's own data. Payments, shipments and
	 * deliveries change the status, amount outstanding, carrier and tracking number of other records.
	 */
	updatedAt: 'always' | 'ownChanges';
	/** Order of every list. 'shuffled': neither by id nor by `created_at`, as a list by name would be. */
	listOrder: 'ascending' | 'descending' | 'shuffled';
	/** Order of `created_at` along the ids of sales orders. */
	createdAt: 'ascending' | 'descending' | 'shuffled';
	/**
	 * Envelope of a single record. 'singular': { order: {} }, 'plural': { orders: {} }, 'list': { orders: [{}] },
	 * 'bare': {}.
	 * 'documented': what is known of the resource, which is 'plural' for credit notes and returns, else 'singular'.
	 */
	single: 'documented' | 'singular' | 'plural' | 'list' | 'bare';
	/** Status of the response to a create request. */
	createdStatus: number;
	/** Body of the response to a create request: the record, nothing, or { "Status": "Created" }. */
	createdAnswer: 'record' | 'empty' | 'status';
	/** Body of a 404: empty, or JSON with an error, or with status and error as one client met it. */
	notFoundBody: 'empty' | 'json' | 'status';
	/** What becomes of a new order that is to be confirmed and has no payment term. */
	withoutPaymentTerm: 'confirmed' | 'refused' | 'draft';
	/** Whether lists ignore all parameters except `page`. */
	ignoresFilters: boolean;
	/** Whether lists ignore `since_id`, as credit notes did for one client. */
	ignoresSinceId: boolean;
	/** Whether `by_purchase_order_ref` matches the exact reference, or any part of it regardless of case. */
	referenceFilter: 'exact' | 'contains';
	/** Type of `season_id` of a product: a number on Uphance's help page, a list of numbers in client code. */
	seasonId: 'number' | 'list';
	/** Whether GET /invoices/:id works. Clients stopped using it in favour of a filter. */
	invoiceById: boolean;
	/** Whether an update of a pick ticket reads the query only, or a JSON body too. */
	putValues: 'query' | 'both';
	/** Whether a positive quantity of a stock operation reduces or increases the stock. */
	stockSign: 'takes' | 'adds';
	/** Ids in a record of GET /skus: its own with those of product and variation, its own only, or none. */
	skuIds: 'all' | 'id' | 'none';
	/** Milliseconds after which GET of one record shows that it was created, changed or deleted; its event is sent at once. */
	visibleAfter: number;
	/** What a webhook carries: the record, as client code reads it, or only its id, as Uphance's page may mean. */
	webhookBody: 'record' | 'id';
}

/** What one list may do in another way than the others. */
export interface ListSwitches
	extends Partial<Pick<Switches, 'listOrder' | 'single' | 'ignoresFilters' | 'ignoresSinceId'>> {
	/** Records on a page. */
	perPage?: number;
	/** Whether it heeds `per_page`. */
	takesPerPage?: boolean;
	/** Whether it says in `meta` how many pages there are. */
	meta?: boolean;
}

export const defaultSwitches: Switches = {
	organisationState: 'user',
	withoutOrganisation: 'empty',
	organisationId: 'organisation',
	refusedSignIn: 400,
	refreshRotates: true,
	orderNumber: 'text',
	timestamps: 'Z',
	updatedAt: 'always',
	listOrder: 'ascending',
	createdAt: 'ascending',
	single: 'documented',
	createdStatus: 201,
	createdAnswer: 'record',
	notFoundBody: 'empty',
	withoutPaymentTerm: 'confirmed',
	ignoresFilters: false,
	ignoresSinceId: false,
	referenceFilter: 'exact',
	seasonId: 'list',
	invoiceById: false,
	putValues: 'query',
	stockSign: 'takes',
	skuIds: 'all',
	visibleAfter: 0,
	webhookBody: 'record',
};
