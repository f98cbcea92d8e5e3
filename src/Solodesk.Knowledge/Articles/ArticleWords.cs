namespace Solodesk.Knowledge.Articles;

/// <summary>What sort of reading an article is.</summary>
public enum ArticleKind { Faq, Tutorial, Guide, Troubleshooting, CaseStudy, BestPractice }

/// <summary>Who may read an article. A scheduled one is read by everybody from its time on.</summary>
public enum ArticleState { Draft, Internal, Public, Scheduled, Archived }
