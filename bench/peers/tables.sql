-- The tables as PostgreSQL keeps them; run in the folder that holds them. Smart comments name the fields.
create schema papers;
set search_path = papers;

create table institution (number int primary key, name text not null);
create table author (
  number int primary key, key text not null unique, name text not null, orcid text not null,
  paper_count int not null, citation_count int not null, institution int not null references institution
);
create table paper (
  number int primary key, key text not null unique, title text not null, year int not null, category text not null,
  citation_count int not null
);
create table authorship (paper int not null, author int not null);
create table citation (citing int not null, cited int not null);

\copy institution from 'institution.tsv'
\copy author from 'author.tsv'
\copy paper from 'paper.tsv'
\copy authorship from 'authorship.tsv'
\copy citation from 'citation.tsv'

alter table authorship
  add primary key (paper, author),
  add constraint authorship_paper foreign key (paper) references paper,
  add constraint authorship_author foreign key (author) references author;
alter table citation
  add primary key (citing, cited),
  add constraint citation_citing foreign key (citing) references paper,
  add constraint citation_cited foreign key (cited) references paper;
create index on authorship (author, paper);
create index on citation (cited, citing);
create index on paper (citation_count desc, number);
create index on paper (year);

comment on constraint authorship_paper on authorship is
  E'@fieldName paperByPaper\n@foreignFieldName authorships\n@foreignSimpleFieldName authorshipsList';
comment on constraint authorship_author on authorship is
  E'@fieldName authorByAuthor\n@foreignFieldName authorships\n@foreignSimpleFieldName authorshipsList';
comment on constraint citation_citing on citation is
  E'@fieldName citing\n@foreignFieldName references\n@foreignSimpleFieldName referencesList';
comment on constraint citation_cited on citation is
  E'@fieldName cited\n@foreignFieldName citedBy\n@foreignSimpleFieldName citedByList';
comment on column citation.citing is E'@name citing_number';
comment on column citation.cited is E'@name cited_number';

-- Who wrote with whom, grouped when asked: the condition on the author reaches the join.
create view coauthor as
  select own.author, theirs.author as other, count(*)::int as paper_count
  from authorship own
  join authorship theirs on theirs.paper = own.paper and theirs.author <> own.author
  group by own.author, theirs.author;
comment on view coauthor is E'@primaryKey author,other
@foreignKey (author) references author (number)|@fieldName person_asked|@foreignFieldName coauthors|@foreignSimpleFieldName coauthorsList
@foreignKey (other) references author (number)|@fieldName person|@behavior -manyRelation:resource:list -manyRelation:resource:connection';

create function authors_of_ids(ids text[]) returns setof author language sql stable as $$
  select author.* from unnest(ids) with ordinality as asked (key, place)
  join papers.author on author.key = asked.key order by place
$$;
create function papers_of_years(since int, till int) returns setof paper language sql stable as $$
  select * from papers.paper where year between since and till order by citation_count desc, number
$$;

vacuum analyze;
