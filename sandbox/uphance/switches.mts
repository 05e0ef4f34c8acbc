/** What nobody outside Uphance knows (uphance-api.md 11), as switches; the defaults are its section 12. */
export interface Switches {
	/** Whether the current organisation hangs on the user or on the token (uphance-api.md 2.7). */
	organisationState: 'user' | 'token';
	/** What is answered when no organisation was ever set; 'empty': a list is empty, one record 404, a new one 422. */
	withoutOrganisation: 'empty' | 'forbidden';
	/** Status of a refused sign-in: newer Doorkeepers say 400, older ones 401. */
	refusedSignIn: 400 | 401;
	/** Whether using a refresh token ends it. */
	refreshRotates: boolean;
	/** Uphance's page of 2019 shows order numbers as numbers, that of 2026 as text. */
	orderNumber: 'text' | 'number';
	/** The ending of timestamps; both are seen. */
	timestamps: 'Z' | '+00:00';
	/** In which order lists come. 'shuffled': in one that follows neither ids nor moments, as by name. */
	listOrder: 'ascending' | 'descending' | 'shuffled';
	/** How the moments of creation go along the ids of sales orders. */
	createdAt: 'ascending' | 'descending' | 'shuffled';
	/**
	 * What a single record comes in; with 'order' for the resource: { order: {} }, { orders: {} }, { orders: [{}] }, {}.
	 * 'documented': as is known of the resource, { orders: {} } for credit notes and returns, else { order: {} }.
	 */
	single: 'documented' | 'singular' | 'plural' | 'list' | 'bare';
	/** Status for a created record. */
	createdStatus: number;
	/** What comes back for a created record: it, nothing, or { "Status": "Created" }, as for a registration. */
	createdAnswer: 'record' | 'empty' | 'status';
	/** The body of a 404: none, or JSON with an error. */
	notFoundBody: 'empty' | 'json';
	/** Whether lists ignore all parameters but the page. */
	ignoresFilters: boolean;
	/** Whether lists ignore since_id, as credit notes are said to have done once. */
	ignoresSinceId: boolean;
	/** Whether by_purchase_order_ref wants the whole reference or, in any case of letters, a part. */
	referenceFilter: 'exact' | 'contains';
	/** Whether a product's season_id is a number, as on Uphance's page, or a list of them, as clients meet. */
	seasonId: 'number' | 'list';
	/** Whether GET /invoices/:id finds anything; the clients gave it up for a filter. */
	invoiceById: boolean;
	/** Whether a change of a pick ticket is read from the address only or from a JSON body too. */
	putValues: 'query' | 'both';
	/** Whether a positive quantity of a stock operation takes pieces out or adds them. */
	stockSign: 'takes' | 'adds';
	/** Which ids a record of GET /skus has: its own and those of product and variation, its own only, or none. */
	skuIds: 'all' | 'id' | 'none';
}

export const defaults: Switches = {
	organisationState: 'user',
	withoutOrganisation: 'empty',
	refusedSignIn: 400,
	refreshRotates: true,
	orderNumber: 'text',
	timestamps: 'Z',
	listOrder: 'ascending',
	createdAt: 'ascending',
	single: 'documented',
	createdStatus: 201,
	createdAnswer: 'record',
	notFoundBody: 'empty',
	ignoresFilters: false,
	ignoresSinceId: false,
	referenceFilter: 'exact',
	seasonId: 'list',
	invoiceById: false,
	putValues: 'query',
	stockSign: 'takes',
	skuIds: 'all',
};
