/** Where the console is: at v4's address, so that links and bookmarks of other clients lead to it. */
export const CONSOLE = '/admin_console'
