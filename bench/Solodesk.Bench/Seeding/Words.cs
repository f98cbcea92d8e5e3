namespace Solodesk.Bench.Seeding;

/// <summary>What people write to a small shop, in two languages. The slots are filled by <see cref="Writing"/>.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Anna Berg", "Tom Hughes", "Maria Costa", "James Okafor", "Lucy Chen", "Peter Novak", "Sofia Rossi", "David Kim", "Emma Clark", "Noah Patel",
        "李明", "王芳", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "黄磊", "周婷", "吴强", "林晓雨", "何建国",
    ];

    public static IReadOnlyList<string> Tags { get; } = ["refund", "shipping", "invoice", "bug", "login", "退款", "物流", "发票", "售后", "账号"];

    public static IReadOnlyList<string> EnglishSubjects { get; } =
    [
        "Where is my order {order}?", "Refund for {order}", "Invoice for the {product}", "Cannot sign in to my account", "The {product} arrived damaged",
        "Question about the {product}", "Change of delivery address", "Double charge on my card", "Does the {product} work in {city}?", "Cancel my subscription",
    ];

    public static IReadOnlyList<string> English { get; } =
    [
        "I placed order {order} {n} days ago and it still says that it is being packed.",
        "The {product} arrived today, but the box was open and one part was missing.",
        "Could you tell me when the parcel will reach {city}?",
        "I would like a refund, because the {product} is not what the page described.",
        "My card was charged twice, once on Monday and once on Thursday, for {n} euros each.",
        "Please send the invoice to our accounting department; they need it before the end of the month.",
        "The password reset mail never arrives, and I have checked the spam folder as well.",
        "After the update the app closes as soon as I open the settings.",
        "We are a team of {n} people in {city} and would like to know what a yearly plan costs.",
        "Is it possible to change the delivery address after the order has been paid?",
        "The tracking page has shown the same status for {n} days.",
        "Thank you for the quick answer, that helped a lot.",
        "I tried the steps that you sent, but the {product} still does not switch on.",
        "The colour of the {product} differs from the picture, so I would rather exchange it.",
        "Do you ship to {city}, and how much is the customs fee usually?",
        "The discount code was accepted, but the total did not change.",
        "I have attached a photo of the label and of the damaged corner.",
        "Could you extend the warranty of the {product}? I bought it {n} months ago.",
        "We noticed that the report leaves out everything after the first {n} rows.",
        "Our colleague in {city} left the company; please move the account to me.",
    ];

    public static IReadOnlyList<string> EnglishAnswers { get; } =
    [
        "Thank you for writing to us about the {product}.",
        "I have looked at order {order}: it left our warehouse and should reach {city} within {n} days.",
        "The refund is on its way; your bank usually needs three to five working days to show it.",
        "I am sorry that the {product} arrived like that. A replacement leaves today.",
        "The invoice is ready in your account under Billing.",
        "Please try to sign in with a private window and tell me what you see.",
        "We have corrected the total and returned {n} euros to your card.",
        "Our courier will collect the old one on Wednesday, there is nothing to pay.",
        "If anything else comes up, simply answer this mail.",
        "I have passed this on to the people who build the app and will write as soon as I know more.",
    ];

    public static IReadOnlyList<string> ChineseSubjects { get; } =
    [
        "订单 {order} 什么时候发货", "申请退款：{order}", "{product} 的发票抬头填错了", "账号登录不上", "收到的 {product} 有破损",
        "{product} 怎么使用", "修改收货地址", "重复扣款", "{city}能送到吗", "想取消订阅",
    ];

    public static IReadOnlyList<string> Chinese { get; } =
    [
        "您好，我在{n}天前下的订单 {order} 到现在还没有发货，麻烦帮忙看一下。",
        "今天收到了 {product}，外包装已经破了，里面少了一个配件。",
        "请问快递大概几天能送到{city}？",
        "东西和页面上描述的不一样，我想申请退款。",
        "我的银行卡被扣了两次款，每次都是{n}元，请核对一下。",
        "发票抬头需要改成公司名称，税号我会再发一遍。",
        "重置密码的邮件一直收不到，垃圾邮件里也没有。",
        "升级以后一打开设置页面程序就闪退。",
        "我们公司在{city}，大约有{n}个人使用，想了解一下年付的价格。",
        "付款以后还可以修改收货地址吗？",
        "物流信息已经{n}天没有更新了。",
        "谢谢这么快的回复，问题已经解决了。",
        "按照您说的步骤试过了，{product} 还是开不了机。",
        "颜色和图片差别比较大，想换一个别的颜色。",
        "优惠券显示已经使用，但是总价没有变化。",
        "附件里是破损部位和快递单的照片。",
        "{product} 买了{n}个月，还在保修期内吗？",
        "导出的报表只有前面{n}行，后面的数据都没有。",
        "同事已经离职，请把账号转到我名下。",
        "会员续费的时候提示支付失败，但是钱已经扣了。",
    ];

    public static IReadOnlyList<string> ChineseAnswers { get; } =
    [
        "您好，感谢您的来信，关于 {product} 的问题已经收到。",
        "查到订单 {order} 已经从仓库发出，预计{n}天内送达{city}。",
        "退款已经提交，银行一般需要三到五个工作日到账。",
        "很抱歉给您带来不便，我们今天会补发一件新的。",
        "电子发票已经开好，可以在账户的账单页面下载。",
        "请用浏览器的无痕窗口再登录一次，把看到的提示告诉我们。",
        "金额已经更正，多扣的{n}元会原路退回。",
        "快递员周三会上门取件，不需要您支付运费。",
        "还有其他问题的话，直接回复这封邮件就可以。",
        "已经转给负责开发的同事，有进展会第一时间通知您。",
    ];

    public static IReadOnlyList<string> EnglishCities { get; } = ["Berlin", "Lisbon", "Dublin", "Toronto", "Singapore", "Oslo", "Denver", "Prague"];

    public static IReadOnlyList<string> ChineseCities { get; } = ["上海", "北京", "成都", "杭州", "广州", "西安", "武汉", "苏州"];
}
