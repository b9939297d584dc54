"""Pages behind the links of mails: they show what the mail said and offer its one action; a sign-in they are not."""
